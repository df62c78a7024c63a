# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Probe
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Evidence,
    ProbeResult,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.prober import Prober
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.request import ProbeRequest
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.resolver import (
    Endpoint,
    Lookup,
    Resolver,
    literal,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._probe.servers import (
    PATIENCE,
    TIMEOUT,
    free_port,
    listening,
    open_files,
)


def probes(
    lookup: Lookup, port: int, timeout: float = PATIENCE, count: int = 1
) -> list[ProbeResult]:
    """tcp probes of a name, resolved by `lookup`."""
    with closing(Prober(time.monotonic)) as prober:
        prober._tools.resolver = Resolver(lookup)
        settings = Probe(protocol="tcp", port=port, timeout=timeout)
        for _time in range(count):
            prober.start(ProbeRequest("db-a", "db-a.internal", settings))
        results: list[ProbeResult] = []
        while len(results) < count:
            results += prober.wait(time.monotonic() + PATIENCE)
    return results


def here(name: str, port: int) -> tuple[Endpoint, ...]:
    return (Endpoint(socket.AF_INET, ("127.0.0.1", port)),)


def test_a_name_is_resolved_and_probed() -> None:
    with listening() as port:
        (result,) = probes(here, port)
    assert result.evidence is Evidence.PASSED
    assert result.reason == f"db-a.internal:{port} accepted the connection"


def test_a_name_that_does_not_resolve_is_unknown() -> None:
    def lookup(name: str, port: int) -> tuple[Endpoint, ...]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    (result,) = probes(lookup, 80)
    assert result.evidence is Evidence.UNKNOWN
    assert result.reason == "the name db-a.internal does not resolve: Name or service not known"


def test_a_resolver_that_hangs_is_unknown_and_holds_up_nothing() -> None:
    release = threading.Event()

    def lookup(name: str, port: int) -> tuple[Endpoint, ...]:
        release.wait(PATIENCE)
        return here(name, port)

    before = open_files()
    results = probes(lookup, 80, TIMEOUT, count=20)
    assert {result.evidence for result in results} == {Evidence.UNKNOWN}
    assert results[0].reason == "no address for db-a.internal within 0.05 s"
    assert open_files() == before
    release.set()


def test_probes_that_ask_together_share_one_lookup() -> None:
    asked: list[str] = []
    all_asked = threading.Event()

    def lookup(name: str, port: int) -> tuple[Endpoint, ...]:
        asked.append(name)
        all_asked.wait(TIMEOUT)
        return here(name, port)

    assert len(probes(lookup, free_port(), count=10)) == 10
    assert len(asked) == 1


def test_the_second_address_of_a_name_is_tried() -> None:
    closed = free_port()

    def lookup(name: str, port: int) -> tuple[Endpoint, ...]:
        return Endpoint(socket.AF_INET, ("127.0.0.1", closed)), *here(name, port)

    with listening() as port:
        (result,) = probes(lookup, port)
    assert result.evidence is Evidence.PASSED


def test_a_name_without_an_address_is_unknown() -> None:
    (result,) = probes(lambda name, port: (), 80)
    assert result.evidence is Evidence.UNKNOWN


@pytest.mark.parametrize(
    ("address", "family"),
    [
        ("10.0.1.10", socket.AF_INET),
        ("fd00::1", socket.AF_INET6),
        ("db-a", None),
        ("10.0.1", None),
        ("", None),
        ("a\0b", None),
    ],
)
def test_only_addresses_are_literals(address: str, family: int | None) -> None:
    found = literal(address, 80)
    assert (found and found.family) == family


def test_an_address_needs_no_lookup(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_args: Any, **_options: Any) -> Any:
        raise AssertionError("an IP address was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with closing(Prober(time.monotonic)) as prober:
        prober.start(ProbeRequest("a", "127.0.0.1", Probe(protocol="tcp", port=free_port())))
        (result,) = prober.wait(time.monotonic() + PATIENCE)
    assert result.evidence is Evidence.REFUSED

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Releases, with a fake EC2 and without probes: what a notify script counts on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._cli import release
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    Intent,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Health
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.proof import Proof
from ansible_collections.netops.floating_ip.plugins.module_utils._store.clock import (
    boottime,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._cli.conftest import (
    ROUTE,
    TABLES,
    Host,
    Name,
    context,
    holders,
    intent,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    DENIED,
)


def test_a_release_gives_it_to_the_next_target_that_is_up(host: Host, cloud: FakeEc2) -> None:
    done = host.run("release", "db", "--target", "a", "--json")
    assert done.code == 0 and holders(cloud) == {"eni-b"}
    assert done.json["floating_ips"][0]["holder"] == "b"
    assert (intent(host).to, intent(host).reason) == ("b", "released")


def test_a_release_by_a_host_that_holds_nothing_changes_nothing(
    host: Host, cloud: FakeEc2, ours: Name
) -> None:
    ours("eni-b")
    done = host.run("release", "db")
    assert (done.code, done.err) == (0, "") and holders(cloud) == {"eni-a"}
    assert "db is not held by b, but by a" in done.out
    assert host.run("release", "db", "--json").json == {"floating_ips": []}
    assert context(host).intent is None


@pytest.mark.parametrize("why", ["down", "drained"])
def test_a_release_keeps_what_no_other_target_can_take(
    host: Host, cloud: FakeEc2, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    if why == "drained":
        host.run("drain", "b")
    else:
        down = {("db", "b"): Proof(Health.DOWN, "connection refused")}
        monkeypatch.setattr(release, "prove", lambda *_arguments: down)
    done = host.run("release", "db", "--target", "a")
    assert done.code == 4 and holders(cloud) == {"eni-a"}
    assert "has no target to go to" in done.err


def test_a_release_of_a_part_goes_to_whom_has_the_rest(host: Host, cloud: FakeEc2) -> None:
    more = [
        {"name": name, "network_interface_id": f"eni-{name}", "probe_address": f"192.0.2.{n}"}
        for n, name in enumerate("cab", start=1)
    ]
    host.define(route_tables={"ids": list(TABLES)}, targets=more)
    cloud.state[TABLES[1], ROUTE] = "eni-b"
    assert host.run("release", "db", "--target", "a").code == 0
    assert holders(cloud) == {"eni-b"}


def test_a_release_ends_a_claim_that_was_not_finished(host: Host, cloud: FakeEc2) -> None:
    """Otherwise the monitor would finish it after the release."""
    store = FileStore(str(host.context))
    until = boottime() + 5
    left = Intent("b", 7, True, "operator", "", marker_until=until, origin="a")
    store.update("db", lambda one: replace(one, intent=left, holder="a", holding="held"))
    assert host.run("release", "db", "--target", "b").code == 0
    found = intent(host)
    assert (found.to, found.moving, found.epoch) == ("a", False, 8)
    assert holders(cloud) == {"eni-a"}


@pytest.mark.usefixtures("no_aws")
def test_a_release_that_cannot_look_has_failed(host: Host) -> None:
    done = host.run("release", "db", "--target", "a")
    assert done.code == 1 and "There is no way" in done.err


def test_a_release_that_aws_refuses_has_failed(host: Host, cloud: FakeEc2) -> None:
    first_write = len(cloud.calls) + 2  # after the two calls of the look
    cloud.faults = {first_write + n: DENIED for n in range(4)}
    done = host.run("release", "db", "--target", "a")
    assert done.code == 1 and holders(cloud) == {"eni-a"}

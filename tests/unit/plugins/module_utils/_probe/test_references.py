# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Answer,
    Evidence,
    ProbeResult,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.references import (
    answer_of,
    ask,
    is_this_host,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.request import Done


def done(evidence: Evidence, address: str = "192.0.2.53") -> Done:
    asked = ask(address, 53)
    return Done(asked, ProbeResult(asked.target, evidence, "…", 10.0, 10.2))


def test_a_reference_is_asked_by_a_tcp_connection() -> None:
    asked = ask("fd00::53", 53, timeout=0.2)
    assert asked.target == "reference [fd00::53]:53"
    assert (asked.settings.protocol, asked.settings.port, asked.limit) == ("tcp", 53, 0.2)


@pytest.mark.parametrize("evidence", Evidence)
def test_a_connection_and_a_refusal_are_answers(evidence: Evidence) -> None:
    answers = evidence in (Evidence.PASSED, Evidence.REFUSED)
    expected = Answer("reference 192.0.2.53:53", 10.2) if answers else None
    assert answer_of(done(evidence)) == expected


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_this_host_is_no_reference(address: str) -> None:
    assert is_this_host(address)
    assert answer_of(done(Evidence.PASSED, address)) is None


def test_a_name_is_taken_for_another_host() -> None:
    assert not is_this_host("witness.internal")

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.as_dict import to_raw
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.host_readiness import (
    HostFacts,
    Monitor,
    Role,
    host_checks,
)

DB = FloatingIp("db", ("100.64.10.10",), (Target("db-a"), Target("db-b")))
WEB = FloatingIp("web", ("100.64.10.11",), (Target("web-a"), Target("web-b")))
RUNNING = Monitor(True, True, True, True, "db is at db-a")
GOOD = HostFacts(
    {"100.64.10.10": "ens5"}, RUNNING, {"db": to_raw(DB)}, (), True, 0.2, {"db": "db-a"}
)
A = Role("db-a")


def judged(facts: HostFacts, role: Role = A, *definitions: FloatingIp) -> dict[str, Any]:
    return {one.name: (one.ok, one.text) for one in host_checks(role, definitions or (DB,), facts)}


def test_a_host_on_which_all_is_right_is_ready() -> None:
    found = judged(GOOD, A, DB, WEB)
    assert list(found) == ["address", "monitor", "definitions", "identity", "clock"]
    assert all(ok for ok, _text in found.values())
    assert found["address"][1] == "db: 100.64.10.10 is on ens5."
    assert found["monitor"][1] == "The monitor runs: db is at db-a"


@pytest.mark.parametrize(
    ("check", "change", "ok", "words"),
    [
        ("address", {"addresses": {}}, False, "100.64.10.10 is on no interface of this host"),
        ("monitor", {"monitor": Monitor()}, False, "no monitor on this host"),
        ("monitor", {"monitor": replace(RUNNING, is_armed=False)}, False, "is not armed"),
        ("monitor", {"monitor": replace(RUNNING, is_enabled=False)}, False, "not start at boot"),
        ("monitor", {"monitor": replace(RUNNING, is_running=False)}, False, "does not run"),
        ("definitions", {"installed": {}}, False, "another definition of db, or none"),
        ("definitions", {"refusals": ("Too old.",)}, False, "Too old."),
        ("identity", {"unidentified": "Nobody answers."}, False, "Nobody answers."),
        ("identity", {"targets": {"db": "db-b"}}, False, "this host is db-b of db, not db-a"),
        ("identity", {"targets": {}}, False, "none of the targets"),
        ("clock", {"ahead": -30.4}, None, "30 s behind the controller's"),
        ("clock", {"is_synchronized": False}, None, "not synchronized"),
    ],
)
def test_what_is_wrong_is_told(check: str, change: Any, ok: bool | None, words: str) -> None:
    found = judged(replace(GOOD, **change))
    assert found[check][0] is ok
    assert words in found[check][1]
    assert all(other[0] for name, other in found.items() if name != check)


@pytest.mark.parametrize(
    ("holds", "addresses", "ok", "words"),
    [
        ({"db"}, {"100.64.10.10": "ens5"}, True, "100.64.10.10 is on ens5, with the holder."),
        (set(), {}, True, "100.64.10.10 is not here; it comes with the holder."),
        ({"db"}, {}, False, "says that this host has it, and 100.64.10.10 is on no interface"),
        (set(), {"100.64.10.10": "ens5"}, False, "does not say that this host has it, and"),
        (None, {}, None, "The monitor's word cannot be read"),
    ],
)
def test_an_alias_that_comes_with_the_holder_must_agree_with_the_monitor_s_word(
    holds: set[str] | None, addresses: dict[str, str], ok: bool | None, words: str
) -> None:
    holder = replace(DB, alias="holder")
    said = None if holds is None else frozenset(holds)
    facts = replace(GOOD, addresses=addresses, installed={"db": to_raw(holder)}, holds=said)
    found = judged(facts, A, holder)["address"]
    assert found[0] is ok
    assert words in found[1]


def test_of_two_addresses_that_come_with_the_holder_both_must_agree() -> None:
    both = ("100.64.10.10", "fd12::10")
    holder = replace(DB, addresses=both, alias="holder")
    one_of_them = {"fd12::10": "ens5"}
    for holds, wrong in ((frozenset({"db"}), "100.64.10.10"), (frozenset[str](), "fd12::10")):
        facts = replace(GOOD, addresses=one_of_them, holds=holds)
        ok, text = judged(facts, A, holder)["address"]
        assert (ok, wrong in text) == (False, True)


def test_a_host_without_a_monitor_is_asked_for_none() -> None:
    assert list(judged(replace(GOOD, monitor=Monitor()), Role("db-a", is_watching=False))) == [
        "address",
        "clock",
    ]


def test_an_observer_needs_no_address_and_no_identity() -> None:
    facts = HostFacts({}, RUNNING, {"db": to_raw(DB)}, (), True, None, {}, "Nobody answers.")
    found = judged(facts, Role("watcher"))
    assert list(found) == ["monitor", "definitions", "clock"]
    assert all(ok for ok, _text in found.values())


def test_what_a_host_is_to_watch_may_be_said_and_nothing_else_is_asked_for() -> None:
    role = Role("mail-a", watched=["mail"])
    assert judged(replace(GOOD, installed={}), role, DB, WEB)["definitions"][0] is True
    both = Role("watcher", watched=["db", "web"])
    told = judged(GOOD, both, DB, WEB)["definitions"]
    assert (told[0], "another definition of web, or none" in told[1]) == (False, True)


def test_an_agent_that_is_told_its_target_need_not_ask() -> None:
    facts = replace(GOOD, unidentified="Nobody answers.")
    assert "identity" not in judged(facts, Role("db-a", is_named=True))


def test_what_is_absent_is_not_asked_for() -> None:
    assert "address" not in judged(GOOD, A, replace(DB, state="absent"))

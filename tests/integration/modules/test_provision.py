# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""floating_ip_provision against the emulator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PROVISION = "floating_ip_provision"


@pytest.fixture
def net(world: Callable[..., Any]) -> Any:
    return world(tables=3, source_dest_check=True)


def test_it_makes_all_of_it_once_and_removes_all_of_it_once(
    run: Any, net: Any, define: Any, routes: Any, emulator: Any
) -> None:
    given = {"floating_ips": [define(net)]}
    untouched = emulator.state()
    made = run(PROVISION, **given)
    assert (made["failed"], made["changed"], made.entry["holder"]) == (False, True, "db-a"), made
    assert routes(net.tables) == [net.eni("db-a")] * 3
    assert {item["kind"] for item in made.entry["items"]} >= {"route", "source_dest_check", "tag"}
    assert run(PROVISION, **given)["changed"] is False
    gone = run(PROVISION, **given, state="absent")
    assert (gone["failed"], gone["changed"], gone.entry["state"]) == (False, True, "absent")
    assert routes(net.tables) == [None] * 3
    assert run(PROVISION, **given, state="absent")["changed"] is False
    assert emulator.state().keys() == untouched.keys()


def test_check_mode_predicts_all_of_it_and_writes_nothing(
    run: Any, net: Any, define: Any, emulator: Any
) -> None:
    given = {"floating_ips": [define(net)]}
    before = emulator.state()
    predicted = run(PROVISION, check=True, **given)
    assert emulator.state() == before
    real = run(PROVISION, **given)
    assert predicted.keys() == real.keys()
    assert predicted.entry["items"] == real.entry["items"]
    assert predicted["diff"] == real["diff"]


def test_a_definition_says_itself_that_it_is_to_be_removed(
    run: Any, net: Any, define: Any, routes: Any
) -> None:
    run(PROVISION, floating_ips=[define(net)])
    removed = run(PROVISION, floating_ips=[define(net, state="absent")])
    assert (removed.entry["state"], routes(net.tables)) == ("absent", [None] * 3)


def test_what_is_in_no_definition_is_told_and_kept(
    run: Any, net: Any, define: Any, routes: Any
) -> None:
    run(PROVISION, floating_ips=[define(net)])
    other = define(net, name="web", addresses=["100.64.10.11"])
    result = run(PROVISION, floating_ips=[other], report_orphans=True)
    assert result["failed"] is False
    assert any("db" in sentence for sentence in result["orphans"]), result["orphans"]
    assert routes(net.tables) == [net.eni("db-a")] * 3
    assert run(PROVISION, floating_ips=[other])["orphans"] == []


BAD = {
    "inside the VPC": ({"addresses": ["10.0.1.200"]}, "is inside 10.0.0.0/16"),
    "public space": ({"addresses": ["20.0.0.10"]}, "which is public space"),
    "no such table": ({"route_tables": {"ids": ["rtb-00000000"]}}, "rtb-00000000 does not exist"),
    "an impossible objective": ({"objective_seconds": 0.5}, "0.5"),
    "a broken definition": (
        {"policy": {"failback": "perhaps"}},
        "floating_ips[db].policy.failback",
    ),
}


@pytest.mark.parametrize(("wrong", "said"), BAD.values(), ids=BAD)
def test_bad_input_fails_with_a_sentence_before_anything_changes(
    run: Any, net: Any, define: Any, emulator: Any, wrong: dict[str, Any], said: str
) -> None:
    right = define(net, name="web", addresses=["100.64.10.11"])
    before = emulator.state()
    result = run(PROVISION, floating_ips=[right, define(net, **wrong)])
    assert (result["failed"], result["changed"]) == (True, False)
    assert said in result["msg"]
    assert emulator.state() == before


def test_a_partial_result_fails_with_the_whole_result(
    run: Any, net: Any, define: Any, emulator: Any
) -> None:
    emulator.fault(
        "error", "CreateRoute", code="UnauthorizedOperation", status=403, params=net.tables[1]
    )
    result = run(PROVISION, floating_ips=[define(net)])
    assert (result["failed"], result["changed"]) == (True, True)
    assert "failed" in result.actions
    assert "Allow ec2:CreateRoute" in result["msg"]
    emulator.clear_faults()
    assert run(PROVISION, floating_ips=[define(net)])["failed"] is False

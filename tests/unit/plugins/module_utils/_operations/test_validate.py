# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import FloatingIp
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.info import Info, info
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.provision import plan
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.validate import (
    Drills,
    obstacles,
    problems,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_account import (  # noqa: E501 - the path of a module
    Account,
    definition,
    secondary,
)


def test_good_definitions_have_no_problem_and_share_their_reads() -> None:
    account = Account()
    many = [definition(f"db-{number}", f"100.64.10.{number}") for number in range(50)]
    assert problems(account.edge(), many) == {one.name: () for one in many}
    assert len(account.calls) == 7


def test_an_address_inside_the_vpc_is_a_problem_for_routes_only() -> None:
    edge = Account().edge()
    found = problems(edge, [definition(address="10.0.1.99"), secondary("web", "10.0.1.98")])
    assert "is inside 10.0.0.0/16" in found["db"][0]
    assert found["web"] == ()


def test_a_teardown_has_no_problem() -> None:
    wrong = definition(address="10.0.1.99", state="absent")
    assert problems(Account().edge(), [wrong]) == {"db": ()}


def test_what_cannot_be_read_is_a_problem() -> None:
    account = Account()
    account.refuse = lambda operation, params: "UnauthorizedOperation"
    (sentence,) = problems(account.edge(), [definition()])["db"]
    assert sentence.startswith("Floating IP db cannot be read: Allow ec2:Describe")


def test_an_objective_counts_the_cells_of_all_that_share_a_target() -> None:
    many = [
        definition(f"db-{number}", f"100.64.10.{number}", objective_seconds=5.0)
        for number in range(40)
    ]
    assert not plan(Account().edge(), many[:1])[0].problems
    assert "limit on 80 cells" in plan(Account().edge(), many)[0].problems[0]
    for known in (_with(many, {}), _with([replace(many[0], objective_seconds=None)], {})):
        (text,) = [check.text for check in known[0].readiness if check.name == "objective"]
        assert f"limit on {2 * len(known)} cells" in text


def test_an_objective_is_reckoned_with_what_the_last_drill_measured() -> None:
    fast = {"db": {"api_seconds": 0.2, "propagation_seconds": 0.1}}
    tight = [definition(objective_seconds=3.0)]
    for found, ok in ((info(Account().edge(), tight), False), (_with(tight, fast), True)):
        checked = {check.name: check.ok for check in found[0].readiness}
        assert checked["objective"] is ok
    assert plan(Account().edge(), tight)[0].problems
    assert not plan(Account().edge(), tight, fast)[0].problems


def _with(definitions: Sequence[FloatingIp], drills: Drills) -> Sequence[Info]:
    return info(Account().edge(), definitions, drills=drills)


def test_a_target_that_is_gone_is_no_obstacle_to_a_move() -> None:
    account = Account()
    account.things["eni-a"].is_gone = True
    (sentence,) = problems(account.edge(), [definition()])["db"]
    assert "eni-a does not exist" in sentence
    assert obstacles(account.edge(), [definition()]) == {"db": ()}


def test_an_address_inside_the_vpc_is_an_obstacle_to_a_move() -> None:
    (sentence,) = obstacles(Account().edge(), [definition(address="10.0.1.99")])["db"]
    assert "is inside 10.0.0.0/16" in sentence


def test_a_failed_survey_is_no_obstacle_since_the_move_looks_itself() -> None:
    account = Account()
    account.refuse = lambda operation, params: "UnauthorizedOperation"
    assert obstacles(account.edge(), [definition()]) == {"db": ()}

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
    RouteTables,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import (
    Cell,
    Look,
    Place,
    Reading,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Health
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.order import (
    NEXT,
    PREFERRED,
    Prepared,
    Wish,
    prepare,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.proof import Proof
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.sweep import (  # noqa: E501 - the path of a module
    IPV4,
    STRANGER,
    TARGETS,
    A,
    B,
)

DB = FloatingIp("db", (IPV4,), TARGETS, route_tables=RouteTables(ids=("rtb-0", "rtb-1")))
PLACES = tuple(Place(one.name, one.network_interface_id) for one in TARGETS)
UP = Proof(Health.UP, "it passed")
DOWN = Proof(Health.DOWN, "port 80 refuses")


def seen(*points: str | None, **more: Any) -> Look:
    readings = tuple(
        Reading(Cell("route", f"rtb-{number}", IPV4), point) for number, point in enumerate(points)
    )
    return replace(Look(0.0, PLACES, readings), **more)


def prepared(look: Look, **wish: Any) -> Prepared:
    return prepare([DB], {"db": look}, Wish(**wish))


def chosen(look: Look, **wish: Any) -> str:
    found = prepared(look, **wish)
    assert found.problems == ()
    (order,) = found.orders
    return order.to


def problem(look: Look, **wish: Any) -> str:
    found = prepared(look, **wish)
    assert found.orders == () or found.problems
    (sentence,) = found.problems
    return sentence


def test_a_target_that_is_not_there_is_refused_by_name() -> None:
    assert problem(seen(A, A), to="x") == "Floating IP db has no target 'x'; it has a, b, c."


def test_a_target_without_an_interface_is_refused_even_by_force() -> None:
    gone = (PLACES[0], Place("b", error="Target b: it does not exist."), PLACES[2])
    for force in (False, True):
        sentence = problem(seen(A, A, places=gone), to="b", force=force)
        assert sentence == "Floating IP db: Target b: it does not exist."


def test_selectors_that_select_nothing_are_refused_with_what_was_found() -> None:
    sentence = problem(seen(findings=("Route table rtb-0 does not exist; remove it.",)), to="b")
    assert sentence == "Floating IP db has no cells. Route table rtb-0 does not exist; remove it."
    assert "correct them" in problem(seen(), to="b")


def test_a_look_that_failed_is_no_reason_to_guess() -> None:
    assert problem(seen(A, error="EC2 is silent."), to="b").endswith(
        "cannot be read: EC2 is silent."
    )


def test_another_holder_than_expected_is_refused_and_each_such_cell_named() -> None:
    sentence = problem(seen(A, B), to="c", expect=A)
    assert "rtb-1 has eni-b" in sentence and "rtb-0" not in sentence
    assert "nothing was changed" in sentence
    assert chosen(seen(A, A), to="c", expect=A) == "c"
    assert chosen(seen(None, None), to="c", expect="absent") == "c"


def test_a_drained_target_gets_it_only_by_force() -> None:
    drained = {"db": ["b"]}
    assert "Target b of db is drained" in problem(seen(A, A), to="b", drained=drained)
    assert chosen(seen(A, A), to="b", drained=drained, force=True) == "b"
    assert chosen(seen(A, A), to="b", drained={"other": ["b"]}) == "b"


@pytest.mark.parametrize("proofs", [{("db", "b"): DOWN}, {}], ids=["down", "not probed"])
def test_a_target_that_is_not_proven_up_gets_it_only_by_force(proofs: Any) -> None:
    sentence = problem(seen(A, A), to="b", proofs=proofs)
    assert "not proven up from here" in sentence and "set force" in sentence
    assert chosen(seen(A, A), to="b", proofs=proofs, force=True) == "b"


def test_without_probes_nothing_has_to_be_proven() -> None:
    assert chosen(seen(A, A), to="b", proofs=None) == "b"


def test_next_is_the_most_preferred_target_but_the_holder() -> None:
    assert chosen(seen(A, A), choose=NEXT) == "b"
    assert chosen(seen(B, B), choose=NEXT) == "a"
    assert chosen(seen(A, A), choose=NEXT, drained={"db": ["b"]}) == "c"
    up = {("db", "a"): UP, ("db", "b"): DOWN, ("db", "c"): UP}
    assert chosen(seen(A, A), choose=NEXT, proofs=up) == "c"


def test_preferred_is_the_first_that_is_fit_the_holder_too() -> None:
    assert chosen(seen(A, A), choose=PREFERRED) == "a"
    assert chosen(seen(B, B), choose=PREFERRED) == "a"
    assert chosen(seen(B, B), choose=PREFERRED, proofs={("db", "a"): DOWN, ("db", "b"): UP}) == "b"


@pytest.mark.parametrize("points", [(A, B), (None, None), (STRANGER, STRANGER)])
def test_an_address_that_no_target_holds_goes_to_the_most_preferred(points: tuple[str]) -> None:
    assert chosen(seen(*points), choose=NEXT) == "a"


def test_where_no_target_is_fit_each_says_why() -> None:
    gone = (*PLACES[:2], Place("c", error="Target c: it does not exist."))
    look = seen(A, A, places=gone)
    sentence = problem(look, choose=NEXT, drained={"db": ["b"]})
    assert sentence.startswith("Floating IP db has no target to go to. ")
    assert "b of db is drained" in sentence and "c: it does not exist" in sentence


def test_a_destination_of_its_own_goes_before_the_one_for_all() -> None:
    assert chosen(seen(A, A), to="b", destinations={"db": "c"}) == "c"


def test_one_bad_definition_is_told_together_with_all_others() -> None:
    other = replace(DB, name="web")
    looks = {"db": seen(A, A), "web": seen(A, error="EC2 is silent.")}
    found = prepare([DB, other], looks, Wish(to="x"))
    assert found.orders == () and len(found.problems) == 2

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One watch by itself."""

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import (
    Look,
    Place,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    OPERATOR,
    Context,
    Intent,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import Observer
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Run
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.watch import Watch
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    floating_ip,
)

FAILING = Context({"a": Run(length=-1, first_at=100.0, last_at=100.0)})


def watching(context: Context | None = None, next_round: float = 100.0) -> Watch:
    return Watch(floating_ip(), Observer(), context or Context(), next_round)


def test_rounds_keep_their_beat() -> None:
    watch = watching()
    watch.start_round(100.03)
    assert watch.next_round == 101.0


def test_rounds_that_were_missed_are_not_made_up_for() -> None:
    watch = watching()
    watch.start_round(107.4)
    assert watch.next_round == 108.4


def test_a_target_that_is_being_probed_waits_at_the_normal_pace_only() -> None:
    watch = watching()
    watch.probing["a"] = 1
    assert watch.start_round(100.0) == ("b",)
    watch.context = FAILING
    assert watch.start_round(100.1) == ("a", "b")


def test_a_failure_hurries_the_next_round_but_never_delays_it() -> None:
    watch = watching(FAILING, next_round=101.0)
    watch.hurry(100.0)
    assert watch.next_round == 100.1
    watch.hurry(100.05)
    assert watch.next_round == 100.1


def test_after_someone_elses_move_it_must_look_but_not_before_the_move_ends() -> None:
    intent = Intent("b", 1, True, OPERATOR, "noon", marker_until=130.0)
    watch = watching(Context(intent=intent))
    watch.wants_look = True
    assert not watch.must_look(129.0)
    assert watch.must_look(130.0)


def test_selectors_are_resolved_at_first_after_an_error_and_at_each_reconcile() -> None:
    watch = watching()
    assert watch.must_resolve(100.0)
    watch.look, watch.resolved_at = Look(100.0), 100.0
    assert not watch.must_resolve(129.9)
    assert watch.must_resolve(130.0)
    watch.look = Look(100.0, error="no answer")
    assert watch.must_resolve(101.0)


def test_a_target_is_probed_where_it_is_defined_else_where_aws_has_it() -> None:
    watch = watching()
    watch.look = Look(1.0, (Place("a", "eni-a", address="10.0.0.9"),))
    assert watch.address_of("a") == "192.0.2.1"

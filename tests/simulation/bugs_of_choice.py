# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bugs seeded on purpose, in who is chosen, in what is remembered, and in what waits too long."""

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    breaker,
    cells,
    decision,
    gate,
    plan,
    split,
    turn,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor import assemble
from ansible_collections.netops.floating_ip.plugins.module_utils._operations import carry_out
from ansible_collections.netops.floating_ip.tests.simulation import (
    laws_of_acting as acting,
)
from ansible_collections.netops.floating_ip.tests.simulation import (
    laws_of_choice as choice,
)
from ansible_collections.netops.floating_ip.tests.simulation import (
    laws_of_limits as limits,
)
from ansible_collections.netops.floating_ip.tests.simulation import (
    laws_of_promptness as promptness,
)
from ansible_collections.netops.floating_ip.tests.simulation import wrong
from ansible_collections.netops.floating_ip.tests.simulation.bug import Bug, breaking, bug
from ansible_collections.netops.floating_ip.tests.simulation.chance import SCENE
from ansible_collections.netops.floating_ip.tests.simulation.wrong import always

SERVICE = ("stop service", "break service", "hang service")
FIGHT = ("rival", "reverter")

BUGS_OF_CHOICE: tuple[Bug, ...] = (
    *breaking(
        choice.the_most_preferred_that_is_up_gets_it,
        bug("the least preferred gets it", turn, "best", wrong.least_preferred, "rival", *SERVICE),
        bug("nobody waits for their turn", turn, "PATIENCE", 0, *SERVICE),
    ),
    *breaking(
        acting.what_is_called_a_conflict_was_in_other_hands,
        bug("what was not done is a conflict", plan, "_step_unchanged", always(plan.Step.CONFLICT),
            *SERVICE, "cut", "lossy wire", "EC2 slow"),
    ),
    *breaking(
        choice.a_split_converges_to_the_intent_first,
        bug("a split knows no intent", split, "anchor", split.most_cells, *FIGHT),
    ),
    *breaking(
        choice.no_start_forgets_orders_and_moves,
        bug("another boot forgets", assemble, "restore", wrong.forgetting,
            "power off", "drain", "rival"),
    ),
    *breaking(
        limits.a_move_by_an_open_breaker_is_an_alarm,
        bug("an open breaker is no news", gate, "_despite_breaker", wrong.without_an_alarm,
            "flap", "reverter", "stop service"),
    ),
    *breaking(
        promptness.what_a_dead_stranger_has_is_taken,
        bug("strangers never die", cells, "is_dead_end", always(False), *SCENE),
    ),
    *breaking(
        promptness.a_dead_end_is_left_at_once,
        bug("a blackhole says nothing", decision, "is_holder_down", wrong.blackholes_are_nothing,
            *SCENE),
    ),
    *breaking(
        promptness.a_cell_that_fails_for_good_blocks_no_other,
        Bug("the first failure ends a move",
            ((carry_out, "_burst", always(1)),
             (carry_out, "_note_write", wrong.ending_at_the_first_failure)), SCENE),
    ),
    *breaking(
        promptness.an_open_breaker_lets_one_move_through,
        bug("an open breaker stops everything", gate, "_despite_breaker", always(None), *SCENE),
    ),
    *breaking(
        promptness.operators_moves_open_no_breaker,
        bug("operators' moves count", breaker, "counted", wrong.counting_operators, *SCENE),
    ),
    *breaking(
        promptness.nobody_waits_for_an_observer_for_ever,
        bug("an observer waits for another one for ever", turn, "PATIENCE", 99, *SCENE),
    ),
)  # fmt: skip

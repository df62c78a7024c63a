# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bugs seeded on purpose: the simulation must notice each of them."""

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    breaker,
    candidate,
    cells,
    decision,
    failback,
    gate,
    health,
    interrupted,
    judge,
    learn,
    looks,
    observe,
    split,
    view,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.plan import Step
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor import (
    acts,
    watch,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.contexts import Contexts
from ansible_collections.netops.floating_ip.plugins.module_utils._operations import (
    carry_out,
    move,
    verify,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.announce import (
    NewestCheck,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.lag import Attention
from ansible_collections.netops.floating_ip.plugins.module_utils._store import pauses
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.simulation import (
    laws_of_acting as acting,
)
from ansible_collections.netops.floating_ip.tests.simulation import (
    laws_of_limits as limits,
)
from ansible_collections.netops.floating_ip.tests.simulation import (
    laws_of_moving as moving,
)
from ansible_collections.netops.floating_ip.tests.simulation import (
    laws_of_outcome as outcome,
)
from ansible_collections.netops.floating_ip.tests.simulation import wrong
from ansible_collections.netops.floating_ip.tests.simulation.bug import Bug, breaking, bug
from ansible_collections.netops.floating_ip.tests.simulation.bugs_of_choice import BUGS_OF_CHOICE
from ansible_collections.netops.floating_ip.tests.simulation.chance import CLEAN
from ansible_collections.netops.floating_ip.tests.simulation.host import Host
from ansible_collections.netops.floating_ip.tests.simulation.wrong import always
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine import bugs

SERVICE = ("stop service", "break service", "hang service")
SILENCE = ("hang service", "power off", "freeze", "lossy wire", "cut")
ALONE = ("isolate", "cut", "lossy wire", "slow wire")
FIGHT = ("rival", "reverter")
AWS = ("EC2 fails after the change", "EC2 slow", "EC2 lags", "EC2 throttles", "EC2 down")


BUGS: tuple[Bug, ...] = (
    *breaking(
        moving.it_takes_the_address_only_from_a_holder_that_is_down,
        bug("a silence counts though nobody answered", health, "settle",
            bugs.as_if_something_answered, *ALONE),
        bug("what could not be probed is down", observe, "advance", bugs.unknown_as_refused,
            "no route"),
        bug("a probe of oneself is a reference", observe, "answers_of", bugs.of_oneself_too,
            *ALONE),
        bug("one failure is enough", health, "is_down_run", wrong.one_failure_is_enough, *SERVICE),
        bug("failures need not last", health, "min_down", always(0.0), *SILENCE),
        bug("the end of an isolation condemns", health, "is_down_run", bugs.without_confirmation,
            *ALONE),
        bug("a look answers as it begins", acts, "learn", wrong.answered_as_it_began, *ALONE),
        bug("a process that slept saw silence", Attention, "lost_by", always(0.0),
            "suspend agent", "freeze"),
        bug("a blackhole is down though it passes", decision, "is_holder_down",
            wrong.blackholes_are_down, "blackhole"),
        bug("it fails back unasked", decision, "failback_due", bugs.going_back_unasked, *SERVICE),
    ),
    *breaking(
        moving.it_moves_only_to_a_target_that_has_just_passed,
        bug("one pass is enough", view, "is_proven_up", wrong.one_pass_is_enough,
            "kill agent", "flap"),
        bug("passed once is up for long", view, "is_proven_up", wrong.passed_at_some_time,
            "flap", "stop service"),
        bug("an interrupted move is finished blindly", interrupted, "is_eligible", always(True),
            "kill agent at write", *SERVICE),
    ),
    *breaking(
        moving.a_new_holder_gets_time_to_start,
        bug("a new holder's failures count at once", judge, "is_trusted", always(True),
            *SERVICE, "flap", "kill agent"),
    ),
    *breaking(
        outcome.in_the_end_one_target_holds_it,
        bug("durations are the wall clock's", Host, "clock", wrong.of_the_wall,
            "step clock", "stop service"),
        bug("a move by another is not adopted", learn, "_adopted", bugs.unadopted, *FIGHT),
        bug("what nobody holds stays so", decision, "held_by_nobody", always(None), "rival"),
        bug("the first cell is the holder", cells, "holder_of", wrong.of_the_first_cell, *FIGHT),
    ),
    *breaking(
        outcome.a_clean_fault_ends_in_time,
        bug("failures are looked into at leisure", watch, "pace", wrong.unhurried, *CLEAN),
        bug("nobody asks EC2 about a silence", looks, "due", wrong.due_at_first_only, *CLEAN),
    ),
    *breaking(
        acting.a_living_stranger_is_never_overwritten,
        bug("a living stranger is overwritten", cells, "is_kept_by_stranger", always(False),
            "rival"),
    ),
    *breaking(
        limits.a_repair_needs_two_looks_that_agree,
        bug("a split is repaired at once", split, "is_agreed", always(True), *FIGHT),
        bug("a split goes to the fewest cells", split, "most_cells", wrong.by_the_fewest_cells,
            *FIGHT),
        bug("repaired though only to be reported", decision, "cells_astray", bugs.repairing_anyway,
            *FIGHT),
    ),
    *breaking(
        limits.a_cell_is_repaired_three_times_at_most,
        bug("repairs have no end", split, "REPAIRS_PER_HOUR", 99, "reverter"),
    ),
    *breaking(
        moving.it_never_moves_to_a_drained_target,
        bug("drained targets are given it", candidate, "is_eligible", bugs.eligible_though_drained,
            "drain", *SERVICE),
    ),
    *breaking(
        outcome.a_drained_holder_is_left_in_time,
        bug("a drained holder keeps it", decision, "holder_drained", always(None), *CLEAN),
    ),
    *breaking(
        moving.an_observer_on_a_target_speaks_for_that_target_only,
        bug("every observer moves anything", gate, "may_move", always(True), *SERVICE),
    ),
    *breaking(
        moving.it_moves_nothing_while_paused,
        bug("it moves while paused", decision, "paused", always(None), "pause", *SERVICE),
        bug("a move goes on while paused", NewestCheck, "is_paused", always(False),
            "pause", "EC2 slow", "EC2 throttles", "stop service"),
        bug("an unreadable pause is none", pauses, "paused", wrong.unreadable_is_none,
            "pause", "tear context", "stop service"),
        bug("what commands write is not taken up", Contexts, "refresh", wrong.without_the_store,
            "drain", "pause", *SERVICE),
    ),
    *breaking(
        moving.a_host_that_may_be_any_target_moves_nothing,
        bug("it moves though it may be any target", decision, "known_first", wrong.as_decided,
            "identity unknown", "stop service"),
    ),
    *breaking(
        moving.failback_waits_for_unbroken_health,
        bug("it fails back at once", failback, "unbroken", always(1e9), *SERVICE),
        bug("the delay of failback never doubles", failback, "delay",
            lambda known, policy: policy.failback_delay, "flap"),
    ),
    *breaking(
        moving.it_never_takes_back_what_an_operator_ordered,
        bug("it fails back after an operator's move", failback, "is_ordered", always(False),
            "runbook"),
    ),
    *breaking(
        limits.two_moves_of_an_observer_are_a_cooldown_apart,
        bug("there is no cooldown", gate, "cooldown_left", always(0.0), "flap", *FIGHT),
    ),
    *breaking(
        limits.at_most_max_moves_and_one_more_in_a_window,
        bug("the breaker never opens", breaker, "open_because", always(None), "flap", "reverter"),
    ),
    *breaking(
        limits.after_a_reversal_the_new_holder_must_be_seen_up,
        bug("it fights back at once", gate, "is_awaited", always(False), "rival", "stop service"),
    ),
    *breaking(
        limits.after_a_fight_it_moves_once_more_at_most,
        bug("a fight opens no breaker", breaker, "is_conflict", always(False),
            "rival", "flap", "stop service"),
    ),
    *breaking(
        moving.it_keeps_out_of_the_way_of_an_operators_move,
        Bug("an operator's marker is not heeded",
            ((decision, "moved_by_another", always(None)), (acts, "is_under_way", always(False))),
            ("runbook", "EC2 slow", *SERVICE)),
    ),
    *breaking(
        acting.the_intent_of_each_write_is_on_disk_before_it,
        bug("the intent is never written", FileStore, "_save", wrong.saved_by_nobody, *SERVICE),
        bug("an overruled move goes on", NewestCheck, "__call__", always(True),
            "runbook", "stop service", "no route", "slow wire"),
    ),
    *breaking(
        acting.each_write_goes_by_a_look_of_the_last_two_seconds,
        Bug("any old look will do",
            ((carry_out, "LOOK_VALID", 60.0), (looks, "LOOK_VALID", 60.0)),
            (*SERVICE, *AWS)),
    ),
    *breaking(
        acting.what_is_said_to_be_moved_was_there,
        bug("a lost reply is success", verify, "after_failure", always(Step.DONE),
            *SERVICE, *AWS, "lossy wire", "cut"),
    ),
    *breaking(
        acting.what_aws_acknowledged_is_not_sent_again,
        bug("a stale read sends again", verify, "_verify_written", wrong.sent_again,
            "EC2 lags", *SERVICE),
    ),
    *breaking(
        acting.it_writes_only_its_own_cells,
        bug("the neighbour's route is moved too", move, "plan_move", wrong.also_the_neighbour,
            *SERVICE),
    ),
    *breaking(
        acting.nothing_is_broken_in_the_program,
        bug("a broken disk ends the monitor", FileStore, "_look", wrong.raising_what_the_disk_says,
            "disk unreadable", "tear context"),
    ),
    *BUGS_OF_CHOICE,
)  # fmt: skip

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Wrong versions of parts of the program, named after what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._engine import (
    candidate,
    cells,
    change,
    gate,
    health,
    history,
    judge,
    learn,
    memory,
    plan,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations import (
    carry_out,
    verify,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store import (
    document,
    file,
    format,
)
from ansible_collections.netops.floating_ip.tests.simulation.host import Host


def always(value: object) -> Callable[..., Any]:
    return lambda *anything, **more: value


def one_failure_is_enough(run: Any, probe: Any) -> bool:
    return bool(run.length < 0)


def passed_at_some_time(run: Any, probe: Any, now: float) -> bool:
    return run.passed_at is not None and now - run.passed_at <= 4 * probe.interval


def one_pass_is_enough(run: Any, probe: Any, now: float) -> bool:
    return bool(run.length > 0 and now - run.last_at <= 2 * probe.interval)


def answered_as_it_began(known: Any, definition: Any, look: Any, now: float, time: str = "") -> Any:
    """The look's answer counts from the moment at which the look began."""
    return LEARN(known, definition, look, look.at, time)


LEARN = learn.learn


def blackholes_are_down(view: Any, holder: str) -> bool:
    seen = view.look
    return (seen is not None and judge.is_blackhole(seen, holder)) or DOWN(view, holder)


DOWN = judge.is_holder_down


def unreadable_is_none(path: str) -> Any:
    try:
        return format.pause_of(document.read(path).data)
    except (OSError, document.Unusable):
        return None


def saved_by_nobody(self: Any, name: str, saved: Any, look: Any) -> None:
    """It is remembered, and never written."""
    self._known[name] = file._Known(saved, look.signature)


def raising_what_the_disk_says(self: Any, name: str) -> Any:
    look = LOOK(self, name)
    if look.problem is not None:
        raise OSError(look.problem)
    return look


LOOK = file.FileStore._look


def also_the_neighbour(look: Any, to_interface: str, overwrite: bool = False) -> Any:
    """It also points a table next to ours there."""
    made = PLANNED(look, to_interface, overwrite)
    return (*made, replace(made[0], cell=replace(made[0].cell, id="rtb-other"))) if made else made


PLANNED = plan.plan_move


def sent_again(terms: Any, work: Any, seen: Any) -> None:
    """A read that shows the place before sends an acknowledged change once more."""
    if seen.points_at == work.written[seen.cell].after:
        VERIFIED(terms, work, seen)
    else:
        work.release(seen.cell, work.written.pop(seen.cell), float("inf"))


VERIFIED = verify._verify_written


def of_the_wall(self: Host) -> float:
    return self.wall_clock() - self.booted_at


def of_the_first_cell(look: Any) -> Any:
    first = look.target_at(look.readings[0].points_at) if look.readings else None
    return (cells.Holding.HELD, first) if first else (cells.Holding.ABSENT, None)


def by_the_fewest_cells(view: Any) -> Any:
    held = [view.look.target_at(reading.points_at) for reading in view.look.readings]
    names = [one.name for one in view.definition.targets if one.name in held]
    return min(reversed(names), key=held.count, default=None)


def as_decided(view: Any, decision: Any) -> Any:
    return decision


def without_the_store(self: Any, watched: Any) -> bool:
    """What commands write is not taken up."""
    watched.refreshed_at = self.clock()
    return False


def unhurried(known: Any, definition: Any, now: float) -> float:
    return float(definition.probe.interval)


def due_at_first_only(view: Any) -> str | None:
    return None if view.look else "AWS has not been looked at yet"


def least_preferred(view: Any, *other_than: Any, **also: Any) -> Any:
    upside_down = replace(view.definition, targets=view.definition.targets[::-1])
    return candidate.best(replace(view, definition=upside_down), *other_than, **also)


def forgetting(stored: Any, boot_id: str, *rest: Any, **more: Any) -> Any:
    """What another boot knew is forgotten, drains and moves too."""
    kept = stored if stored.boot_id == boot_id else replace(stored, moves=(), drained=())
    return memory.restore(kept, boot_id, *rest, **more)


def without_an_alarm(*asked: Any) -> Any:
    return replace(DESPITE(*asked), alarm=False)


DESPITE = gate._despite_breaker


def blackholes_are_nothing(view: Any, holder: str) -> bool:
    run, policy = view.run_of(holder), view.definition.policy
    down = health.is_proven_down(run, view.definition.probe, view.now)
    return down and judge.is_trusted(view.context, run, policy, view.now)


def counting_operators(context: Any, policy: Any, now: float) -> Any:
    since = now - policy.max_moves_window
    return tuple(move for move in history.changes(context.moves) if move.at > since)


def ending_at_the_first_failure(terms: Any, work: Any, sent: Any, result: Any) -> None:
    NOTED(terms, work, sent, result)
    if result is not None and sent.cell in work.settled:
        for cell in tuple(work.ready):
            work.settle(cell, change.Action.FAILED, "another one failed")


NOTED = carry_out._note_write

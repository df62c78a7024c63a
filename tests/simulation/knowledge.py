# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an observer can have known at a moment, from what it saw itself.

Everything here is necessary for a belief, not sufficient: so a breach is a breach.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Probe
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.lag import STALE_READS
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.memory import ABSENCE
from ansible_collections.netops.floating_ip.tests.simulation.prober import Probed
from ansible_collections.netops.floating_ip.tests.simulation.record import (
    Announced,
    Observed,
    Record,
    Seen,
)

PROBE = Probe()
LIFE = 3 * PROBE.interval + PROBE.timeout  # seconds that a run outlives its newest probe
SLACK = 2e-5  # seconds: rounding
SHORT = 3 * PROBE.interval + SLACK  # seconds of an absence that loses no run
OWN_FAULT = (Evidence.REFUSED, Evidence.WRONG)
ANSWERING = (Evidence.PASSED, *OWN_FAULT)
MOVE_TAKES = 10.0  # seconds at most from its announcement to its end: the deadline


def life_began(one: Observed, moment: float) -> float:
    return max(life.started for life in one.lives if life.started <= moment)


def remembers_since(one: Observed, moment: float) -> float:
    """Since when its probes may still count: short gaps in the same boot lose none."""
    return _goes_back_to(one, moment, SHORT, over_windows=False)


def probes_of(one: Observed, target: str, until: float) -> list[Probed]:
    since = remembers_since(one, until)
    return [p for p in one.probed if p.target == target and since <= p.ended <= until + SLACK]


def is_proven_up(one: Observed, target: str, moment: float) -> bool:
    """Two passes without a failure between or after them, the last within two intervals."""
    probes = probes_of(one, target, moment)
    passes = [p for p in probes if p.evidence is Evidence.PASSED][-PROBE.rise :]
    if len(passes) < PROBE.rise or moment - passes[-1].ended > 2 * PROBE.interval + SLACK:
        return False
    if any(b.ended - a.ended > LIFE + SLACK for a, b in pairwise(passes)):
        return False
    began = life_began(one, moment)
    first = passes[0]
    return not any(
        p.evidence in OWN_FAULT
        and p.ended > max(first.ended, began)
        and p.started > _newest_start(passes, p)
        for p in probes
    )


def is_passing(one: Observed, target: str, moment: float) -> bool:
    """Whether it passed `rise` times in this very life since a probe failed or got no answer."""
    began, passes, newest = life_began(one, moment), 0, 0.0
    for probe in sorted(probes_of(one, target, moment), key=lambda probe: probe.ended):
        if probe.evidence is Evidence.PASSED and probe.ended > began:
            passes, newest = passes + 1, max(newest, probe.started)
        elif probe.evidence in (*OWN_FAULT, Evidence.TIMEOUT) and probe.started >= newest:
            passes = 0
    return passes >= PROBE.rise and is_proven_up(one, target, moment)


def seconds_unbroken(one: Observed, target: str, moment: float) -> float:
    """Seconds since a probe of it failed or got no answer, or since anything is known of it."""
    probes = probes_of(one, target, moment)
    broken = [p.ended for p in probes if p.evidence in (*OWN_FAULT, Evidence.TIMEOUT)]
    passes = [p.ended for p in probes if p.evidence is Evidence.PASSED]
    return moment - max([*broken, min(passes, default=moment)])


def was_up_all_the_while(one: Observed, target: str, since: float, until: float) -> bool:
    """Whether each probe of it passed, and none was missing for so long that a run dies."""
    passes = [p.ended for p in one.probed if p.target == target and p.evidence is Evidence.PASSED]
    moments = [since, *(at for at in sorted(passes) if since < at < until), until]
    unbroken = seconds_unbroken(one, target, until) >= until - since
    return unbroken and all(b - a <= LIFE for a, b in pairwise(moments))


def _newest_start(passes: list[Probed], failed: Probed) -> float:
    """When the newest pass that was known then had begun: an older failure is old news."""
    return max((p.started for p in passes if p.ended <= failed.ended + SLACK), default=0.0)


def is_proven_down(one: Observed, target: str, moment: float) -> bool:
    """Three failures since the last pass that lasted, the silent ones while others answered."""
    probes = probes_of(one, target, moment)
    passed = max((p.started for p in probes if p.evidence is Evidence.PASSED), default=-1e9)
    counted = [p for p in probes if p.started >= passed and _counts(one, p, moment)]
    if len(counted) < PROBE.fall or moment - counted[-1].ended > LIFE + SLACK:
        return False
    only_refused = all(p.evidence is Evidence.REFUSED for p in counted[-PROBE.fall :])
    lasted = counted[-1].ended - counted[0].ended
    return (only_refused or lasted >= PROBE.min_down - SLACK) and _confirmed(one, counted, moment)


def _counts(one: Observed, probe: Probed, moment: float) -> bool:
    if probe.evidence in OWN_FAULT:
        return True
    return probe.evidence is Evidence.TIMEOUT and any(
        True for _at in answers(one, probe.target, probe.started, moment)
    )


def _confirmed(one: Observed, counted: list[Probed], moment: float) -> bool:
    """One of them came from the target itself, or began after an answer."""
    if any(p.evidence in OWN_FAULT for p in counted):
        return True
    first = min(answers(one, counted[0].target, counted[0].started, moment))
    return any(p.started >= first - SLACK for p in counted)


def answers(one: Observed, about: str, since: float, until: float) -> Iterator[float]:
    """When something outside that host answered, other than the target in question."""
    for probe in one.probed:
        if probe.target in (about, one.target) or probe.evidence not in ANSWERING:
            continue
        if since - SLACK <= probe.ended <= until + SLACK:
            yield probe.ended
    for answer in one.answered:
        if answer.is_ok and since - SLACK <= answer.at <= until + SLACK:
            yield answer.at


def has_passed(one: Observed, target: str, since: float, until: float) -> bool:
    """Whether a probe of it passed that began after that moment."""
    return any(
        p.target == target
        and p.evidence is Evidence.PASSED
        and p.started > since - SLACK
        and p.ended <= until + SLACK
        for p in one.probed
    )


def learnt_holder(one: Observed, holder: str, moment: float) -> float:
    """When the observer learnt that it is the holder, or began anew: its failures count later.

    It may have taken a look for an old answer of AWS's, or not: the earlier of the two. What it saw
    before it was killed may not have been saved.
    """
    span = remembers_looks_since(one, moment), moment
    every = [seen for seen in one.seen if seen.holder is not None and not seen.is_error]
    sure = [seen for seen in every if not may_be_old(one, seen)]
    return min(_learnt(one, holder, looks, span) for looks in (every, sure))


def _learnt(one: Observed, holder: str, looks: list[Seen], span: tuple[float, float]) -> float:
    """From what those looks showed, and what its moves gave it to: a refused one gave nothing."""
    since, until = span
    told = [(s.at, str(s.holder)) for s in looks if since <= s.at <= until + SLACK]
    for move in one.moves:
        if since <= move.at < until and was_written(one, move):
            told.append((move.at, move.to))
    changes = pairwise(sorted(told))
    learnt = (at for (_at, was), (at, to) in changes if was != to == holder)
    return max(learnt, default=trusts_since(one, until))


def was_written(one: Observed, move: Announced) -> bool:
    """Whether AWS said yes to any of it."""
    return any(t.is_answered for t in one.tried if t.job == move.job and t.sent >= move.at)


def may_be_old(one: Observed, seen: Seen) -> bool:
    """Whether AWS may show what was before a move of its own: EC2 is eventually consistent."""
    moves = [move for move in one.moves if move.at < seen.at]
    if not moves or leaves(moves[-1]) != seen.holder:
        return False
    return seen.began - moves[-1].at < STALE_READS + MOVE_TAKES


def trusts_since(one: Observed, moment: float) -> float:
    """Since when what a holder has proven counts: a short absence forgets nothing of that."""
    return _goes_back_to(one, moment, ABSENCE)


def remembers_looks_since(one: Observed, moment: float) -> float:
    """Since when it surely knows who held it: the next window of a monitor forgets nothing."""
    return _goes_back_to(one, moment, SHORT)


def _goes_back_to(one: Observed, moment: float, absence: float, over_windows: bool = True) -> float:
    """When the first life began that the one of that moment goes on with.

    `over_windows`: a new window of the same monitor counts however long its start took.
    """
    lives = [life for life in one.lives if life.started <= moment]
    while len(lives) > 1:
        last, before = lives[-1], lives[-2]
        if last.boot_id != before.boot_id or not (
            (over_windows and last.goes_on) or last.gap <= absence
        ):
            break
        lives.pop()
    return lives[-1].started


def is_dead_end(move: Announced) -> bool:
    return move.seen.dead


def is_drain(move: Announced) -> bool:
    """Whether it leaves a holder that an operator drained."""
    drained = {*(move.drained or ()), *move.thought_drained}
    return move.seen.holder in drained


def is_finishing(move: Announced) -> bool:
    """Whether an earlier move had been left unfinished."""
    return move.before is not None and move.before.moving


def leaves(move: Announced) -> str | None:
    """The holder that it takes the address from, according to the look that it goes by."""
    return move.seen.holder if move.seen.holder != move.to else None


def is_preferred(record: Record, move: Announced) -> bool:
    names = record.schedule.setup.target_names
    return move.seen.holder in names and names.index(move.to) < names.index(move.seen.holder)


def forgot(record: Record, one: Observed) -> bool:
    """Whether its context may have been lost."""
    return any(
        step.who == one.host and ("disk" in step.do or "tear" in step.do)
        for step in record.schedule.steps
    )

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is told of outages: the table, and how they compare with keepalived's and with limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .beside import ON_A_LAN
from .beside_aws import WITH_AWS
from .chapter import Chapter
from .figures import Promise, ratio_of
from .outage_figures import HEADINGS, Outages, line_of

LIMITS = {"host dead": 1.8, "service dead": 0.9, "host frozen": 2.5, "service hung": 2.5}
MOST_OVERHEAD = 0.05
SLOW, FAST = 1.0, 0.1
PLANNED = ("drained", "moved by plan")
LEGEND = """\
Packets of a client in the lab's VPC: one every 5 ms to the floating address, answered by the
holder. All times are seconds. An outage lasts from the first lost packet to the first answered one.

* **Pace** is the probe's `interval`, and for keepalived that of its advertisements. At 1 s all
  settings are the defaults. At 0.1 s they are `interval: 0.1`, `timeout: 0.1`, `fast_interval:
  0.05`, `min_down: 0`.
* Each fault comes at a random moment within the interval, one in each twentieth of it where there
  are 20 runs.
* **By arithmetic** is the product's own sum (`validate` prints it), for a fault in the middle of an
  interval, with what AWS took in place of its allowances; **at most** is the same for the worst
  moment. **API** is what the calls took that the address waited for, by the emulator's log: the
  last look and the writes.
* **Overhead** is what an outage lasted beyond that sum for the very moment of its fault, which the
  wire tells: from the first probe that got no answer. It can be less than nothing where the
  holder's own monitor is first to give the address away.
* **Host dead**: no power, no packet. **Host frozen**: nothing in it runs, but its kernel accepts
  connections. **Service dead**: killed, its port refuses. **Service hung**: stopped, its port
  accepts and never answers.
* **Drained** and **moved by plan** are orders of an operator: no packet may be lost.
* keepalived is Debian's, with VRRP version 3 and priorities of 150 and 100; on one LAN it moves a
  virtual address. With its AWS call it speaks unicast between the same hosts as ours, and its
  `notify_master` replaces both routes with boto3; the address is on both hosts all the while, so
  that a stop by plan need lose nothing there. Where the service is what breaks, it tracks that with
  a script each second, which is its shortest.
"""


def chapter(rows: Sequence[Outages], with_times: bool) -> Chapter:
    table = (HEADINGS, *map(line_of, rows))
    found = {(row.what, row.interval): row for row in rows}
    promises = [*_limits(found), *_fast(found), *_overhead(rows), *_planned(found)]
    if not with_times:
        promises = [_unjudged(one) for one in promises]
    return Chapter("outage", "Outages", table, LEGEND, tuple(promises))


Found = dict[tuple[str, float], Outages]


def _limits(found: Found) -> Iterator[Promise]:
    """The defaults, each beside keepalived's."""
    for what, limit in LIMITS.items():
        ours = found.get((what, SLOW))
        if ours is None:
            continue
        aws = (ours.api or 0.0) + ours.propagation
        seconds, text = ours.seconds.median, f"outage, {what}, defaults: at most {limit:g} s + AWS"
        is_kept = seconds <= limit + aws
        names = [f"{ON_A_LAN}: {what}", f"{WITH_AWS}: {what}"]
        compared = [found[name, SLOW] for name in names if (name, SLOW) in found]
        if not compared:
            yield Promise(text, f"{seconds:.3f} s", is_kept)
        for other in compared:
            yield _beside(text, seconds, is_kept, other)


def _fast(found: Found) -> Iterator[Promise]:
    """At the fast pace the promise is keepalived itself, with its AWS call, for a dead host."""
    for what in LIMITS:
        ours = found.get((what, FAST))
        if ours is None:
            continue
        seconds = ours.seconds.median
        for means in (ON_A_LAN, WITH_AWS):
            other = found.get((f"{means}: {what}", FAST))
            if other is not None:
                is_judged = (what, means) == ("host dead", WITH_AWS)
                limit = ": no later than theirs" if is_judged else ""
                is_kept = seconds <= other.seconds.median if is_judged else None
                yield _beside(f"outage, {what}, 0.1 s{limit}", seconds, is_kept, other)


def _overhead(rows: Sequence[Outages]) -> Iterator[Promise]:
    """Two laws, of every single run: the arithmetic of its moment, and that of the worst one."""
    known = [row for row in rows if row.overhead is not None and row.longest is not None]
    if not known:
        return
    worst = max(row.overhead.most for row in known if row.overhead)
    text = "every outage beyond arithmetic + API + propagation: at most 50 ms"
    yield Promise(text, f"{worst * 1000:.0f} ms", worst <= MOST_OVERHEAD)
    over = max(row.seconds.most - row.longest for row in known if row.longest is not None)
    text = "the longest outage beyond its worst case: at most 50 ms"
    yield Promise(text, f"{over * 1000:.0f} ms", over <= MOST_OVERHEAD)


def _planned(found: Found) -> Iterator[Promise]:
    for what, pace in ((what, pace) for pace in (SLOW, FAST) for what in PLANNED):
        row = found.get((what, pace))
        if row is None:
            continue
        text = f"packets lost when {what}{'' if pace == SLOW else f', {pace:g} s'}: none"
        names = [f"{means}: stopped by plan" for means in (ON_A_LAN, WITH_AWS)]
        others = [found[name, pace] for name in names if (name, pace) in found]
        if not others:
            yield Promise(text, str(row.lost), row.lost == 0)
        for other in others:
            beside = other.what.partition(":")[0]
            yield Promise(text, str(row.lost), row.lost == 0, beside, str(other.lost))


def _beside(text: str, seconds: float, is_kept: bool | None, other: Outages) -> Promise:
    theirs = other.seconds.median
    beside = other.what.partition(":")[0]
    return Promise(
        text, f"{seconds:.3f} s", is_kept, beside, f"{theirs:.3f} s", ratio_of(theirs, seconds)
    )


def _unjudged(promise: Promise) -> Promise:
    """In a short run only what is no time is judged."""
    if promise.text.startswith("packets"):
        return promise
    return Promise(
        promise.text, promise.measured, None, promise.beside, promise.theirs, promise.ratio
    )

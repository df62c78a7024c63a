# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is told of moves, playbooks, hosts and crowds: their tables and promises."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .chapter import Chapter
from .figures import Promise, Row, ratio_of_pairs
from .moves_table import HEADINGS, cells_of
from .playbooks import FEW, OURS, THEIRS
from .promises import judged
from .scale import Load
from .standing import Idle

MOVES = """\
All times are seconds. AWS is the emulator of `tests/emulator`, on the same machine: its work is a
part of every figure, and a new connection costs no TLS handshake.

* A move is measured from the decision, with a fresh look in hand. **Least**, **median** and
  **most** are until the last cell was at its destination, by the emulator's own record of changes.
  **Report** is the median until all cells had also been read back.
* **Buckets**: the emulator refuses what AWS would refuse for its rate: a bucket of 50 changes,
  refilled at 5 a second. **Limit** is how long that alone makes the last of so many changes wait,
  **ratio** the median against it. **No buckets**: nobody paces, which shows what our code costs.
* **0.3 s a call**: every call takes that long on its way. **Trips** are the calls one after another
  in the emulator's log, the most of any run, where no bucket holds them up; 50 calls go out at
  once. **In time** is the report divided by 0.3 s.
"""
PLAYBOOKS = """\
* **Runbook failover** is all of `ansible-playbook netops.floating_ip.failover`, from start to end:
  the check of the selection, the plan with its probes, the move and the report; with **2 monitors**
  also what they are asked and told, on two hosts with a local connection. All tables are moved by
  one module call, or the benchmark fails. **amazon.aws in a loop** is a playbook with
  `ec2_vpc_route_table` for each table, and nothing else. They ran in turn, with buckets; **report**
  is the end of the process.
"""
HOSTS = """\
Two booted hosts, Debian 12 with its own boto3. **Deploy** is all of `ansible-playbook
netops.floating_ip.deploy`: AWS, the address on the hosts, the agent, its service, armed. Afterwards
the monitors are left alone, with one floating IP at the defaults; the processor's time counts all
that a monitor was before it began anew. Memory is proportional (PSS).
"""
SCALE = """\
One monitor with so many targets in so many floating IPs, probed by http at the defaults on
loopback addresses. **Lag** is from the end of a target's service until the monitor says that it is
down, for failures at random moments: up to an interval until the next probe, two fast ones after
it, and what the process adds. The first line is the mean of several processes with one floating IP
each. **Memory** is resident (RSS), boto3 and Python included.
"""
WHOLE, LONGEST = "whole", 30  # the chapter of what all of it took; minutes
DEPLOY, DEPLOY_AGAIN = 60.0, 25.0  # seconds
IDLE_CPU, IDLE_MEMORY = 0.005, 50.0  # of a core; MB
MANY, MANY_CPU, MANY_MEMORY, MANY_LAG = 1000, 0.5, 120.0, 0.1


def of_moves(rows: Sequence[Row], with_times: bool) -> Chapter:
    table = (HEADINGS, *map(cells_of, rows))
    promises = judged(rows, with_times)
    if not with_times:  # other parts run beside it, and keep calls from going out together
        promises = tuple(replace(one, is_kept=None) for one in promises)
    return Chapter("moves", "Moves", table, MOVES, promises)


def of_playbooks(rows: Sequence[Row], with_times: bool) -> Chapter:
    table = (HEADINGS, *map(cells_of, rows))
    promises = judged(rows, with_times)
    return Chapter("playbooks", "Playbooks", table, PLAYBOOKS, promises, tuple(_remarks(rows)))


def _remarks(rows: Sequence[Row]) -> Iterator[str]:
    by_name = {(row.what, row.cells): row for row in rows}
    theirs = by_name.get((THEIRS, FEW))
    for (what, cells), ours in by_name.items():
        if theirs is not None and what == OURS:
            yield (
                f"amazon.aws's module on {theirs.cells} tables takes"
                f" {ratio_of_pairs(theirs, ours):.1f} times as long as the {what} on {cells}."
                " It sleeps for 5 s after each change."
            )


def of_hosts(deploys: Sequence[float], idle: Idle | None, with_times: bool) -> Chapter:
    lines = [("deploy on bare hosts", f"{took:.1f} s") for took in deploys[:1]]
    lines += [("deploy again", f"{took:.1f} s") for took in deploys[1:]]
    if idle is not None:
        calls = ", ".join(f"{name} {count}" for name, count in sorted(idle.calls.items()))
        lines += [
            ("monitor: measured for", f"{idle.seconds:.0f} s"),
            ("monitor: of one core", f"{idle.cpu:.3%}"),
            ("monitor: memory", f"{idle.memory:.1f} MB"),
            ("EC2 calls of both monitors", calls),
            ("allowed of each", f"{idle.looks_allowed}"),
        ]
    promises = tuple(_of_hosts(deploys, idle, with_times))
    return Chapter("hosts", "Hosts", (("what", "measured"), *lines), HOSTS, promises)


def _of_hosts(deploys: Sequence[float], idle: Idle | None, with_times: bool) -> Iterator[Promise]:
    for text, limit, took in zip(
        ("deploy on two bare hosts", "the same once more"),
        (DEPLOY, DEPLOY_AGAIN),
        deploys,
        strict=False,  # a short run deploys once
    ):
        is_kept = took <= limit if with_times else None
        yield Promise(f"{text}: at most {limit:g} s", f"{took:.1f} s", is_kept)
    if idle is not None:
        is_kept = idle.cpu < IDLE_CPU if with_times else None
        text = "monitor, one address at 1 s: under 0.5 % of a core"
        yield Promise(text, f"{idle.cpu:.2%}", is_kept)
        memory = f"{idle.memory:.0f} MB"
        yield Promise("monitor: under 50 MB", memory, idle.memory < IDLE_MEMORY)
        calls = str(max(idle.calls.values(), default=0))
        text = f"calls to EC2 in {idle.seconds:.0f} s: looks alone, at most {idle.looks_allowed}"
        yield Promise(text, calls, idle.is_silent)


def of_scale(loads: Sequence[Load], with_times: bool) -> Chapter:
    headings = (
        "targets",
        "floating IPs",
        "processes",
        "samples",
        "of a core",
        "memory",
        "p50 lag",
        "p99 lag",
    )
    table = (headings, *map(_load_line, loads))
    promises = tuple(_of_scale(loads, with_times))
    return Chapter("scale", "Many targets in one process", table, SCALE, promises)


def _load_line(load: Load) -> tuple[str, ...]:
    return (
        str(load.size.targets),
        str(load.size.targets // load.size.each),
        str(load.size.monitors),
        str(len(load.lags)),
        f"{load.cpu:.1%}",
        f"{load.memory:.0f} MB",
        *(f"{load.lag(share):.3f} s" if load.lags else "too many" for share in (0.5, 0.99)),
    )


def _of_scale(loads: Sequence[Load], with_times: bool) -> Iterator[Promise]:
    many = next((load for load in loads if load.size.targets == MANY), None)
    if many is None or not with_times:
        return
    text = f"{MANY} targets at 1 s in one process: "
    yield Promise(f"{text}under half a core", f"{many.cpu:.0%}", many.cpu < MANY_CPU)
    memory = f"{many.memory:.0f} MB"
    yield Promise(f"{text}under {MANY_MEMORY:g} MB", memory, many.memory < MANY_MEMORY)
    one = min(loads, key=lambda load: load.size.targets)
    later = many.lag(0.99) - one.lag(0.99) if many.lags else math.inf
    text = f"{text}p99 lag at most 100 ms above one floating IP's"
    yield Promise(text, f"{later:+.3f} s", later <= MANY_LAG)


def of_the_whole(took: Sequence[tuple[str, float]]) -> Chapter:
    """What each part has taken, in seconds, and whether all of it is as short as promised."""
    total = sum(seconds for _part, seconds in took)
    lines = [(part, f"{seconds:.0f} s") for part, seconds in (*took, ("all of it", total))]
    text = f"the whole benchmark in at most {LONGEST} minutes"
    promise = Promise(text, f"{total / 60:.1f} min", total <= LONGEST * 60)
    legend = "One after the other; the hosts stand idle beside what comes after them.\n"
    return Chapter(WHOLE, "The benchmark itself", (("part", "took"), *lines), legend, (promise,))

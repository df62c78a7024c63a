# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the defaults of the probe are worth beside their neighbours: `./dev bench tuning`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .chapter import Chapter
from .lossy import Found, Job, alone
from .outage import DEFAULTS, FAST
from .outage_figures import judging_of

NAME, TITLE = "tuning", "The defaults of the probe, and their neighbours"
HEADINGS = (
    "settings",
    "of a core",
    "refused",
    "at most",
    "silent",
    "at most",
    "by arithmetic",
    "up again",
)
LEGEND = """\
One monitor, one setting changed from the defaults in each line, everything on one machine in a
network of its own. All times are seconds.

* **Of a core**: what the monitor takes for 100 targets that are up.
* **Refused**: from the end of a target's service until the monitor says that it is down, median and
  longest. **Silent**: the same from a host's last packet; **by arithmetic** its worst case.
  An outage is that and what AWS takes, some milliseconds here.
* **Up again**: from the return of the service until its target may hold the address, median.
* **Lost 1 %** and so on: targets said to be down that were not, for each day of one target, where
  so many of its packets are lost, in each direction alike; "under" where there was none. A lost
  packet that opens a connection fails its probe at any `timeout` below a second: then it is sent
  again.
"""


@dataclass(frozen=True)
class Plan:
    """`alternatives`: changes of the defaults. `targets`: at the default interval or a longer one;
    less where probes are sent more often. See `Job` for the rest.
    """

    alternatives: Sequence[Mapping[str, Any]]
    targets: int
    seconds: float
    losses: Sequence[int]
    seconds_of_loss: float


FULL = Plan(
    (
        {},
        {"interval": 0.5},
        {"interval": 2.0},
        {"timeout": 0.25},
        {"timeout": 1.0},
        {"fast_interval": 0.05},
        {"fast_interval": 0.2},
        {"fall": 2},
        {"fall": 5},
        {"min_down": 0.0},
        {"min_down": 1.0},
        {"fall": 2, "min_down": 0.0},
        {"fall": 1, "min_down": 0.0},
        {"rise": 1},
        {"rise": 3},
        {name: value for name, value in FAST.items() if value != DEFAULTS[name]},
    ),
    targets=300,
    seconds=10.0,
    losses=(1, 5),
    seconds_of_loss=20.0,
)
QUICK = Plan(({},), targets=20, seconds=2.0, losses=(5,), seconds_of_loss=2.0)


@dataclass(frozen=True)
class Tuned:
    """One line."""

    changed: Mapping[str, Any]
    job: Job
    found: Found

    def alarms_a_day(self, loss: int) -> str:
        """Of one target."""
        days = self.job.targets * self.job.seconds_of_loss / 86400
        count = self.found.alarms[str(loss)]
        return f"{count / days:.0f}" if count else f"under {1 / days:.0f}"


def rows(plan: Plan) -> Iterator[Tuned]:
    for changed in plan.alternatives:
        job = job_of(plan, changed)
        yield Tuned(changed, job, alone(job))


def job_of(plan: Plan, changed: Mapping[str, Any]) -> Job:
    """As many targets as one process can probe that often without being busy."""
    probe = {**DEFAULTS, **changed}
    targets = 2 * round(plan.targets * min(1.0, probe["interval"]) / 2)
    return Job(probe, targets, plan.seconds, plan.losses, plan.seconds_of_loss)


def chapter(found: Sequence[Tuned]) -> Chapter:
    losses = found[0].job.losses if found else ()
    headings = (*HEADINGS, *(f"lost {loss} %" for loss in losses))
    return Chapter(NAME, TITLE, (headings, *map(line_of, found)), LEGEND)


def line_of(row: Tuned) -> tuple[str, ...]:
    found, probe = row.found, row.job.probe
    changes = ", ".join(f"{name} {value:g}" for name, value in row.changed.items())
    worst = probe["interval"] + judging_of(probe, is_refused=False)
    times = (*found.refused, *found.silent, worst, found.up)
    return (
        changes or "the defaults",
        f"{found.cpu * 100 / row.job.targets:.1%}",
        *(f"{seconds:.2f}" for seconds in times),
        *(row.alarms_a_day(loss) for loss in row.job.losses),
    )

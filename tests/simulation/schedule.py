# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A schedule is data: who watches what, and what goes wrong when. It always gives the same run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Aws,
    FloatingIp,
    Policy,
    Probe,
    RouteTables,
    Target,
)

NAME, ADDRESS = "db", "100.64.10.10"
STRANGER = "eni-x"
EVERY_TARGET, LONE = "every target", "lone"


@dataclass(frozen=True)
class Step:
    """`do` at `at` seconds, for `lasts` seconds where it is a state.

    `who` and `to` are hosts, targets or tables; `value` is whatever number the step needs.
    """

    at: float
    do: str
    who: str = ""
    to: str = ""
    lasts: float = 0.0
    value: float = 0.0

    @property
    def until(self) -> float:
        return self.at + self.lasts

    def __str__(self) -> str:
        words = [self.do, self.who, f"-> {self.to}" if self.to else ""]
        words += [f"for {self.lasts:g} s" if self.lasts else ""]
        words += [f"({self.value:g})" if self.value else ""]
        return f"{self.at:6.2f}  " + " ".join(word for word in words if word)


@dataclass(frozen=True)
class Setup:
    """`observers`: one on every target, or a lone one on a host that is none."""

    observers: str = EVERY_TARGET
    targets: int = 2
    tables: int = 2
    failback: str = "manual"
    on_drift: str = "repair"
    has_reference: bool = False
    max_moves: int = 3

    @property
    def target_names(self) -> tuple[str, ...]:
        return tuple("abc"[: self.targets])

    @property
    def observer_names(self) -> tuple[str, ...]:
        return self.target_names if self.observers == EVERY_TARGET else ("w",)

    @property
    def table_names(self) -> tuple[str, ...]:
        return tuple(f"rtb-{number + 1}" for number in range(self.tables))


@dataclass(frozen=True)
class Schedule:
    """`seed` decides what chance decides: which packets of a lossy path get lost, and the like."""

    setup: Setup = Setup()
    steps: tuple[Step, ...] = ()
    seed: int = 0
    laws: tuple[str, ...] = field(default=(), compare=False)  # of a regression: what it broke

    @property
    def end(self) -> float:
        """When the last fault has ended."""
        return max((step.until for step in self.steps), default=0.0)

    def __str__(self) -> str:
        setup = ", ".join(f"{key} {value}" for key, value in asdict(self.setup).items())
        return "\n".join([f"seed {self.seed}; {setup}", *map(str, self.steps)])


def definition(setup: Setup) -> FloatingIp:
    """Short times, so that a minute holds what otherwise takes an hour."""
    return FloatingIp(
        NAME,
        (ADDRESS,),
        tuple(
            Target(name, network_interface_id=f"eni-{name}", probe_address=f"host-{name}")
            for name in setup.target_names
        ),
        aws=Aws("eu-west-1"),
        route_tables=RouteTables(ids=setup.table_names),
        probe=Probe(),
        policy=Policy(
            failback=setup.failback,
            failback_delay=6.0,
            cooldown=3.0,
            settle=8.0,
            max_moves=setup.max_moves,
            max_moves_window=45.0,
            breaker_delay=8.0,
            on_drift=setup.on_drift,
            reconcile_interval=5.0,
            references=(("witness", 53),) if setup.has_reference else (),
        ),
    )


def to_json(schedule: Schedule) -> str:
    """Steps without what is empty in them, so that a person can read and change them."""
    steps = [
        {key: value for key, value in asdict(step).items() if value or key == "at"}
        for step in schedule.steps
    ]
    setup: Mapping[str, Any] = asdict(schedule.setup)
    body = {"laws": schedule.laws, "seed": schedule.seed, "setup": setup, "steps": steps}
    return json.dumps(body, indent=1) + "\n"


def from_json(text: str) -> Schedule:
    body = json.loads(text)
    steps = tuple(Step(**step) for step in body["steps"])
    return Schedule(Setup(**body["setup"]), steps, body["seed"], tuple(body["laws"]))

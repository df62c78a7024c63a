# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""EC2 as every host sees it: one state, that changes when a call arrives and not when it was sent.

The calls themselves, and what refuses them, are those of the operations' fake EC2.
"""

from __future__ import annotations

import bisect
import collections
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    destination,
)
from ansible_collections.netops.floating_ip.tests.simulation.schedule import (
    ADDRESS,
    STRANGER,
    Setup,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations import (
    fake_network as network,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations import (
    fake_writes as writes,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    refusal,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_marks import (  # noqa: E501 - the path of a module
    Key,
    State,
)

BLOCK = destination(ADDRESS)
OTHERS: State = {
    ("rtb-1", "0.0.0.0/0"): "igw-1",
    ("rtb-1", "100.64.10.11/32"): "eni-b",
    ("rtb-other", BLOCK): "eni-a",
}
DOWN, THROTTLED, FAILS_AFTER, DENIED = "down", "throttled", "fails after", "denied"


@dataclass(frozen=True)
class Write:
    """One cell changed. `sent`: when whoever changed it asked for that."""

    at: float
    who: str
    key: Key
    before: str | None
    after: str | None
    sent: float
    was_dead: bool = False  # what stood there before served nobody
    job: int = 0  # the one of our moves that it belongs to; zero: someone else's


@dataclass
class Faults:
    """What is wrong with EC2 now. Counted, as faults overlap."""

    kinds: collections.Counter[str] = field(default_factory=collections.Counter)
    delays: list[float] = field(default_factory=list)
    lags: list[float] = field(default_factory=list)
    closed: collections.Counter[str] = field(default_factory=collections.Counter)  # tables

    def is_sound(self) -> bool:
        return not (+self.kinds or +self.closed or self.delays or self.lags)


class Cloud:
    """The state, every version of it, and who changed what."""

    def __init__(self, setup: Setup, seed: int, clock: Callable[[], float]) -> None:
        targets, tables = setup.target_names, setup.table_names
        self.keys = tuple((table, BLOCK) for table in tables)
        self.interfaces = {f"eni-{name}": name for name in targets}
        state = {**OTHERS, **dict.fromkeys(self.keys, f"eni-{targets[0]}")}
        enis = [network.Eni(f"eni-{name}", address=f"10.0.1.{ord(name)}") for name in targets]
        names = (*tables, "rtb-other")
        self.net = network.Network(
            [network.Table(one) for one in names], [*enis, network.Eni(STRANGER)], dict(state)
        )
        self.faults = Faults()
        self.writes: list[Write] = []
        self.dead: collections.Counter[str] = collections.Counter()
        self._chance = random.Random(f"{seed} ec2")
        self._clock = clock
        self._moments = [float("-inf")]
        self._versions: list[State] = [state]

    @property
    def state(self) -> State:
        return self._versions[-1]

    def state_at(self, moment: float) -> State:
        return self._versions[bisect.bisect_right(self._moments, moment) - 1]

    def points(self, moment: float | None = None) -> tuple[str | None, ...]:
        """Where each cell leads, in the order of the tables."""
        state = self.state if moment is None else self.state_at(moment)
        return tuple(state.get(key) for key in self.keys)

    def holder(self, moment: float | None = None) -> str | None:
        """The target that every cell leads to."""
        points = set(self.points(moment))
        return self.interfaces.get(points.pop() or "") if len(points) == 1 else None

    def change(
        self, changes: Mapping[Key, str | None], who: str, sent: float, job: int = 0
    ) -> None:
        state, now = dict(self.state), self._clock()
        for key, after in changes.items():
            before = state.get(key)
            dead = before is None or self.dead[before] > 0
            self.writes.append(Write(now, who, key, before, after, sent, dead, job))
            if after is None:
                state.pop(key, None)
            else:
                state[key] = after
        self._moments.append(now)
        self._versions.append(state)

    def bury(self, interface: str, by: int = 1) -> None:
        """A dead interface's routes are blackholes; it may be dead for two reasons at a time."""
        self.dead[interface] += by
        self.net.blackholes = {one for one, count in self.dead.items() if count > 0}

    def read(self, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """The reply; raises what botocore makes of an error."""
        self._refuse(operation)
        lag = self._chance.uniform(0.0, max(self.faults.lags)) if self.faults.lags else 0.0
        state = self.state_at(self._clock() - lag) if lag else self.state
        reply, _objects = getattr(network, operation)(self.net, state, params, 100)
        return dict(reply)

    def write(
        self, operation: str, params: Mapping[str, Any], who: str, sent: float, job: int
    ) -> dict[str, Any]:
        """The reply, after the change, which may be made although it is an error."""
        self._refuse(operation)
        if self.faults.closed[params["RouteTableId"]] > 0:
            raise refusal("UnauthorizedOperation", "You are not authorized", operation, 403)
        changes = writes.WRITES[operation](self.net, self.state, params)
        if isinstance(changes, tuple):
            raise refusal(changes[0], changes[1], operation)
        self.change(changes, who, sent, job)
        if self.faults.kinds[FAILS_AFTER]:
            raise refusal("InternalError", "An internal error has occurred", operation, 500)
        return {"Return": True}

    def _refuse(self, operation: str) -> None:
        kinds = self.faults.kinds
        if kinds[DOWN]:
            raise refusal("Unavailable", "The service is unavailable", operation, 503)
        if kinds[THROTTLED] and self._chance.random() < 0.7:
            raise refusal("RequestLimitExceeded", "Request limit exceeded.", operation, 503)
        if kinds[DENIED] and not operation.startswith("describe_"):
            raise refusal("UnauthorizedOperation", "You are not authorized", operation, 403)


META = SimpleNamespace(region_name="eu-west-1")

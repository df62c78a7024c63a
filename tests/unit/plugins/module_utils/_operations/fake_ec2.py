# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""EC2 in memory and in virtual time: what `_aws` calls, with faults, lag, buckets and a rival.

Calls have numbers in the order in which they arrive. Every version of the state is kept, so a
read can be stale, and a judge can say what anyone could have known when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, NoReturn

from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations import (
    fake_network as network,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations import (
    fake_writes as writes,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    LATE_BY,
    MAY_HAVE_BEEN_DONE,
    Effect,
    Fault,
    refusal,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_marks import (  # noqa: E501 - the path of a module
    Key,
    State,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_time import (  # noqa: E501 - the path of a module
    Bucket,
    Clock,
    VirtualEc2,
)

LATENCY = 0.05  # seconds of a round trip
REHEARSED = Fault("rehearsed", "DryRunOperation", 412)
US, RIVAL = "us", "rival"


@dataclass(frozen=True)
class Write:
    """One change of the state. `number`: of the call that made it, or before which it was made."""

    number: int
    who: str
    key: Key
    before: str | None
    after: str | None
    late: bool = False


@dataclass
class Attempt:
    """One of our writes of one key as it was sent. `answered`: AWS said yes, and we heard it."""

    number: int
    sent: float
    key: Key
    answered: bool = False
    may_be_done: bool = False  # as far as we could know
    seconds: float = LATENCY  # until we gave up

    @property
    def ended(self) -> float:
        return self.sent + self.seconds


@dataclass(frozen=True)
class Read:
    """One read that was answered: what it showed, and whether that was the newest there was."""

    number: int
    sent: float
    objects: frozenset[str]
    state: State
    fresh: bool


class FakeEc2:
    """A boto3 client of an EC2 that consists of a `Network`; see there for what is in it."""

    def __init__(self, net: network.Network, clock: Clock | None = None) -> None:
        self.meta = SimpleNamespace(region_name="eu-west-1")
        self.net = net
        self.clock = clock or Clock()
        self.faults: dict[int, Fault] = {}
        self.lacking: dict[str, Fault] = {}  # what every call of an operation meets
        self.rivals: list[tuple[int, Key, str | None]] = []  # before which call: what
        self.lag = 0.0  # seconds
        self.page_size = 100
        self.buckets: dict[str, Bucket] = {}
        self.versions: list[tuple[float, State]] = [(float("-inf"), dict(net.state))]
        self.calls: list[str] = []
        self.writes: list[Write] = []
        self.attempts: list[Attempt] = []
        self.reads: list[Read] = []
        self.seen_calls: list[Callable[[int], None]] = []  # told of each call's number
        self._late: list[tuple[float, str, Mapping[str, Any]]] = []

    @property
    def state(self) -> State:
        return self.versions[-1][1]

    def edge_ec2(self) -> VirtualEc2:
        return VirtualEc2(self, self.clock, self.clock.sleep, jitter=lambda: 1.0)

    def __getattr__(self, operation: str) -> Callable[..., dict[str, Any]]:
        if not hasattr(network, operation) and operation not in writes.WRITES:
            raise AttributeError(operation)
        return lambda **params: self._call(operation, params)

    def settle(self) -> None:
        """Let a minute pass without calls: what is late arrives, and every read is fresh."""
        self.clock.sleep(60.0)
        self._arrive()
        self._rival(len(self.calls))

    def _call(self, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
        number, sent = len(self.calls), self.clock.now
        self.calls.append(operation)
        for told in self.seen_calls:
            told(number)
        self._rival(number)
        self.clock.sleep(LATENCY / 2)
        self._arrive()
        fault = self.faults.get(number) or self.lacking.get(operation)
        if params.get("DryRun"):
            return self._rehearse(operation, fault)
        if operation in writes.WRITES:
            return self._write(number, sent, operation, params, fault)
        return self._read(number, sent, operation, params, fault)

    def _read(
        self,
        number: int,
        sent: float,
        operation: str,
        params: Mapping[str, Any],
        fault: Fault | None,
    ) -> dict[str, Any]:
        if fault is not None and fault.effect is not Effect.STALE:
            self._fail(operation, fault)
        self._draw(operation)
        state = self.versions[0][1] if fault is not None else self._visible()
        reply, objects = getattr(network, operation)(self.net, state, params, self.page_size)
        self.reads.append(Read(number, sent, frozenset(objects), state, state is self.state))
        self.clock.sleep(LATENCY / 2)
        return dict(reply)

    def _rehearse(self, operation: str, fault: Fault | None) -> dict[str, Any]:
        self._fail(operation, fault or REHEARSED)

    def _visible(self) -> State:
        """The newest version that the lag lets a read see."""
        if not self.lag:
            return self.state
        shown = [state for at, state in self.versions if at <= self.clock.now - self.lag]
        return shown[-1]

    def _write(
        self,
        number: int,
        sent: float,
        operation: str,
        params: Mapping[str, Any],
        fault: Fault | None,
    ) -> dict[str, Any]:
        effect = Effect.DONE if fault is None else fault.effect
        attempts = self._attempts(number, sent, params, fault)
        if fault is None:
            self._draw(operation)
        refused = None
        if effect is not Effect.NONE:
            refused = self._change(number, operation, params, effect)
        if fault is not None:
            self._fail(operation, fault)
        self.clock.sleep(LATENCY / 2)
        if refused is not None:
            raise refused
        for attempt in attempts:
            attempt.answered = True
        return {"Return": True}

    def _attempts(
        self, number: int, sent: float, params: Mapping[str, Any], fault: Fault | None
    ) -> list[Attempt]:
        doubtful = fault is not None and fault.name in MAY_HAVE_BEEN_DONE
        keys = writes.keys_of(self.net, params)
        made = [Attempt(number, sent, k, False, doubtful, _seconds(fault)) for k in keys]
        self.attempts += made
        return made

    def _change(
        self, number: int, operation: str, params: Mapping[str, Any], effect: Effect
    ) -> Exception | None:
        """Make the change, or say why EC2 refuses it."""
        if effect is Effect.LATE:
            due = self.clock.now + self.faults[number].seconds + LATE_BY
            self._late.append((due, operation, params))
            return None
        changes = writes.WRITES[operation](self.net, self.state, params)
        if isinstance(changes, tuple):
            return refusal(changes[0], changes[1], operation)
        self._commit(changes, number, US)
        return None

    def _commit(
        self, changes: Mapping[Key, str | None], number: int, who: str, late: bool = False
    ) -> None:
        state = dict(self.state)
        for key, after in changes.items():
            self.writes.append(Write(number, who, key, state.get(key), after, late))
            if after is None:
                state.pop(key, None)
            else:
                state[key] = after
        self.versions.append((max(self.clock.now, self.versions[-1][0]), state))

    def _fail(self, operation: str, fault: Fault) -> NoReturn:
        self.clock.sleep(fault.seconds or LATENCY / 2)
        raise fault.error(operation)

    def _draw(self, operation: str) -> None:
        bucket = self.buckets.get(operation)
        if bucket is not None and not bucket.take(self.clock.now):
            self.clock.sleep(LATENCY / 2)
            raise refusal("RequestLimitExceeded", "Request limit exceeded.", operation, 503)

    def _rival(self, number: int) -> None:
        """Let the rival act whose time has come."""
        for at, key, to in [one for one in self.rivals if one[0] <= number]:
            self.rivals.remove((at, key, to))
            self._commit({key: to}, number, RIVAL)

    def _arrive(self) -> None:
        for late in [one for one in self._late if one[0] <= self.clock.now]:
            self._late.remove(late)
            changes = writes.WRITES[late[1]](self.net, self.state, late[2])
            if not isinstance(changes, tuple):
                self._commit(changes, len(self.calls), US, late=True)


def _seconds(fault: Fault | None) -> float:
    return LATENCY if fault is None or not fault.seconds else LATENCY / 2 + fault.seconds

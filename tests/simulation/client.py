# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A boto3 client on one host, and our Ec2 around it, in virtual time."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn, TypeVar

from botocore import exceptions

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import (
    CallRecord,
    Ec2,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.tests.simulation.cloud import META, Cloud
from ansible_collections.netops.floating_ip.tests.simulation.kernel import Kernel
from ansible_collections.netops.floating_ip.tests.simulation.wires import AWS, Wires

CONNECT, READ = 1.0, 2.0  # seconds, as session.py sets them
URL = "https://ec2.eu-west-1.amazonaws.com"
OPERATIONS = ("replace_route", "create_route", "delete_route")
Result = TypeVar("Result")
Reply = dict[str, Any] | Exception


@dataclass(frozen=True)
class Answered:
    """A call that was answered: when it was sent, and when the answer came."""

    who: str
    operation: str
    sent: float
    at: float
    is_ok: bool


@dataclass
class Tried:
    """A write as it was sent. `job`: which of the host's moves it belongs to."""

    who: str
    key: tuple[str, str]
    to: str
    sent: float
    job: int
    is_answered: bool = False  # AWS said yes, and we heard it
    stored: Any = None  # the intent on the sender's disk at that moment
    is_paused: bool = False  # according to that disk


class Client:
    """Calls from one host. `who` is told to EC2's log; `job` numbers the moves."""

    def __init__(self, host: str, who: str, cloud: Cloud, wires: Wires, kernel: Kernel) -> None:
        self.meta = META
        self.host, self.who = host, who
        self.cloud, self.wires, self.kernel = cloud, wires, kernel
        self.on_tried: Callable[[Tried], None] = lambda tried: None  # as it is about to be sent
        self.on_write: Callable[[Tried], None] = lambda tried: None  # as it is on its way
        self.answered: list[Answered] = []
        self.tried: list[Tried] = []
        self._is_connected = False

    def __getattr__(self, operation: str) -> Callable[..., dict[str, Any]]:
        if not operation.startswith("describe_") and operation not in OPERATIONS:
            raise AttributeError(operation)
        return lambda **params: self._call(operation, params)

    def _call(self, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
        kernel, sent = self.kernel, self.kernel.now
        if self.wires.no_route[self.host]:
            raise exceptions.EndpointConnectionError(endpoint_url=URL, error="no route to host")
        there, back = self.wires.carry(self.host, AWS), self.wires.carry(AWS, self.host)
        if not self._is_connected and (there is None or back is None):
            kernel.sleep(CONNECT)
            raise exceptions.ConnectTimeoutError(endpoint_url=URL)
        self._is_connected = True
        slow = sum(self.cloud.faults.delays)
        is_lost = there is None or back is None or there + back + slow >= READ
        if operation in OPERATIONS:
            return self._write(operation, params, (there, back, slow), is_lost)
        if there is None or back is None or is_lost:
            self._time_out()
        kernel.sleep(there + slow / 2)
        reply = attempted(lambda: self.cloud.read(operation, params))
        kernel.sleep(back + slow / 2)
        return self._taken(operation, sent, reply)

    def _write(
        self,
        operation: str,
        params: Mapping[str, Any],
        way: tuple[float | None, float | None, float],
        is_lost: bool,
    ) -> dict[str, Any]:
        """It arrives although the host may be gone by then."""
        there, back, slow = way
        sent, tried = self.kernel.now, self._tried(params)
        replies: list[Reply] = []

        def arrive() -> None:
            change = partial(self.cloud.write, operation, params, self.who, sent, tried.job)
            replies.append(attempted(change))

        if there is not None:
            self.kernel.at(sent + there + slow / 2, arrive)
        self.on_write(tried)
        if there is None or back is None or is_lost:
            self._time_out()
        self.kernel.sleep(there + back + slow)
        reply = self._taken(operation, sent, replies[0])
        tried.is_answered = True
        return reply

    def _time_out(self) -> NoReturn:
        self.kernel.sleep(READ)
        self._is_connected = False
        raise exceptions.ReadTimeoutError(endpoint_url=URL, error="")

    def _tried(self, params: Mapping[str, Any]) -> Tried:
        key = params["RouteTableId"], str(params["DestinationCidrBlock"])
        to = str(params.get("NetworkInterfaceId", ""))
        tried = Tried(self.who, key, to, self.kernel.now, self.kernel.job)
        self.on_tried(tried)
        self.tried.append(tried)
        return tried

    def _taken(self, operation: str, sent: float, reply: Reply) -> dict[str, Any]:
        is_ok = not isinstance(reply, Exception)
        self.answered.append(Answered(self.who, operation, sent, self.kernel.now, is_ok))
        if isinstance(reply, Exception):
            raise reply
        return reply


def attempted(call: Callable[[], dict[str, Any]]) -> Reply:
    """What EC2 sends back."""
    try:
        return call()
    except exceptions.ClientError as error:
        return error


class SimulatedEc2(Ec2):
    """Calls of one batch are under way at the same time, without a thread for each."""

    def __init__(
        self,
        client: Client,
        clock: Callable[[], float],
        seed: str,
        on_call: Callable[[CallRecord], None] | None = None,
    ) -> None:
        chance = random.Random(seed)
        super().__init__(client, clock, client.kernel.sleep, on_call=on_call, jitter=chance.random)

    def parallel(self, thunks: Sequence[Callable[[], Result]]) -> list[Result | AwsError]:
        def caught(thunk: Callable[[], Result]) -> Result | AwsError:
            try:
                return thunk()
            except AwsError as error:
                return error

        parts = [partial(caught, thunk) for thunk in thunks]
        if len(parts) <= 1:
            return [part() for part in parts]
        kernel: Kernel = self.client.kernel
        return kernel.gather(parts)

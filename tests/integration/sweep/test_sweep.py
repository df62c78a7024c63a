# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every single fault again, over HTTP, by the clock, against the emulator.

All cases run at once, each with tables or a subnet of its own: that is how its fault finds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import Ec2
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.session import (
    SessionOptions,
    connect,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    ROUTE,
    SECONDARY_IP,
    Aws,
    FloatingIp,
    RouteTables,
    Target,
    destination,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.look import look
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.move import (
    Moved,
    Order,
    move,
    order_problem,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.result import entry_of
from ansible_collections.netops.floating_ip.tests.emulator.client import REGION, Emulator

AT_ONCE = 8
READ_TIMEOUT = 0.5  # seconds instead of two: the cases wait for it
ROUTED = "100.64.10.10"
DENIED: Mapping[str, Any] = {"code": "UnauthorizedOperation", "status": 403}
EITHER: Mapping[str, Mapping[str, Any]] = {
    "throttle": {},
    "unavailable": {},
    "error": {},
    "timeout": {},
    "denied": {"kind": "error", **DENIED},
}
WRITES: Mapping[str, Mapping[str, Any]] = {
    **EITHER,
    "lost": {},
    "error after": {"kind": "error", "after": True},
    "unavailable after": {"kind": "unavailable", "after": True},
    "timeout after": {"kind": "timeout", "after": True},
    "late": {"seconds": 2 * READ_TIMEOUT},
}
REFUSED = "the look is denied"


@dataclass(frozen=True)
class Case:
    """Which call fails how. `skip`: so many of its kind pass first. `kind`: a cell's."""

    kind: str
    held: bool
    action: str
    way: str
    fault: Mapping[str, Any] = field(default_factory=dict, compare=False)
    skip: int = 0

    def __str__(self) -> str:
        return f"{self.kind} {self.action} {self.skip} {self.way}"


@dataclass
class Network:
    """What a case works on. `cells`: where its cells are in the emulator's state."""

    definition: FloatingIp
    pattern: str  # what its faults look for in the parameters of a call
    enis: Sequence[str]
    cells: Sequence[str]  # ids of tables, or of the subnet


@dataclass
class Ran:
    network: Network
    problem: str | None
    moved: Moved | None
    again: Moved | None


def cases() -> Iterator[Case]:
    for action, held in (("ReplaceRoute", True), ("CreateRoute", False)):
        for way, fault in WRITES.items():
            yield Case(ROUTE, held, action, way, fault)
    for way, fault in WRITES.items():
        yield Case(SECONDARY_IP, True, "AssignPrivateIpAddresses", way, fault)
    for kind, action in (
        (ROUTE, "DescribeRouteTables"),
        (SECONDARY_IP, "DescribeNetworkInterfaces"),
    ):
        for skip in (0, 1):
            for way, fault in EITHER.items():
                yield Case(kind, True, action, way, fault, skip)


CASES = tuple(cases())


class Builder:
    """Makes the network of each case, all in one VPC."""

    def __init__(self, client: Any, place: Aws) -> None:
        self.client, self.place = client, place
        self.vpc = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]

    def build(self, number: int, case: Case) -> Network:
        cidr = f"10.0.{number}.0/24"
        subnet = self.client.create_subnet(VpcId=self.vpc, CidrBlock=cidr)["Subnet"]["SubnetId"]
        enis = [self._eni(subnet) for _target in "ab"]
        if case.kind == ROUTE:
            tables = [self._table(enis[0], case.held) for _table in range(2)]
            selector = RouteTables(ids=tuple(tables))
            return Network(self._definition(ROUTED, enis, ROUTE, selector), tables[0], enis, tables)
        address = f"10.0.{number}.200"
        self.client.assign_private_ip_addresses(
            NetworkInterfaceId=enis[0], PrivateIpAddresses=[address]
        )
        found = self._definition(address, enis, SECONDARY_IP, RouteTables())
        pattern = enis[1] if case.action.startswith("Assign") else subnet
        return Network(found, pattern, enis, [subnet])

    def _eni(self, subnet: str) -> str:
        made = self.client.create_network_interface(SubnetId=subnet)
        return str(made["NetworkInterface"]["NetworkInterfaceId"])

    def _table(self, eni: str, held: bool) -> str:
        table = str(self.client.create_route_table(VpcId=self.vpc)["RouteTable"]["RouteTableId"])
        if held:
            self.client.create_route(
                RouteTableId=table,
                DestinationCidrBlock=destination(ROUTED),
                NetworkInterfaceId=eni,
            )
        return table

    def _definition(
        self, address: str, enis: Sequence[str], mechanism: str, selector: RouteTables
    ) -> FloatingIp:
        targets = tuple(
            Target(n, network_interface_id=eni) for n, eni in zip("ab", enis, strict=True)
        )
        return FloatingIp(
            "db", (address,), targets, mechanism, aws=self.place, route_tables=selector
        )


def run(ec2: Ec2, network: Network) -> Ran:
    edge = Edge(lambda aws: ec2)
    problem, moved = _attempt(edge, network)
    _problem, again = _attempt(edge, network)
    return Ran(network, problem, moved, again)


def _attempt(edge: Edge, network: Network) -> tuple[str | None, Moved | None]:
    order = Order(network.definition, "b", look(edge, [network.definition])["db"])
    problem = order_problem(order)
    return (problem, None) if problem else (None, move(edge, [order])[0])


@pytest.fixture(scope="module")
def sweep(emulator_process: Emulator) -> Iterator[tuple[Mapping[Case, Ran], Mapping[str, Any]]]:
    """Every case, run; and the state that the emulator was left in."""
    emulator_process.reset()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in emulator_process.environment().items():
            patch.setenv(name, value)
        place = Aws(region=REGION, endpoint_url=emulator_process.url)
        ec2 = connect(place, SessionOptions(read_timeout=READ_TIMEOUT, connect_timeout=0.5))
        builder_ec2 = connect(place, SessionOptions(read_timeout=20.0))
        builder = Builder(builder_ec2.client, place)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            networks = list(pool.map(builder.build, range(1, len(CASES) + 1), CASES))
            for case, network in zip(CASES, networks, strict=True):
                _fault(emulator_process, case, network)
            ran = list(pool.map(lambda network: run(ec2, network), networks))
        state = emulator_process.state()
        assert all(fault["applied"] == 1 for fault in emulator_process.faults())
        yield dict(zip(CASES, ran, strict=True)), state
        ec2.client.close()
        builder_ec2.client.close()


def _fault(emulator: Emulator, case: Case, network: Network) -> None:
    wanted = {"kind": case.way, "skip": case.skip, **case.fault}
    kind = wanted.pop("kind")
    emulator.fault(kind, case.action, params=network.pattern, **wanted)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fault_is_survived_or_told(case: Case, sweep: Any) -> None:
    ran = sweep[0][case]
    read_is_denied = case.way == "denied" and case.action.startswith("Describe") and not case.skip
    assert (ran.problem is not None) == read_is_denied, ran.problem
    if ran.moved is None:
        return
    actions = [item["action"] for item in entry_of(ran.moved)["items"]]
    if case.way == "denied" and not case.action.startswith("Describe"):
        assert sorted(actions) in (["failed", "moved"], ["failed"])
    else:
        assert set(actions) == {"moved"}, "and what is said of it is true: see the next test"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_another_run_completes_it(case: Case, sweep: Any) -> None:
    ran, state = sweep[0][case], sweep[1]
    assert ran.again is not None and not ran.again.is_partial
    complete = ran.moved is not None and not ran.moved.is_partial
    assert ran.again.is_changed is not complete
    assert _holders(ran.network, state) == [[ran.network.enis[1]]] * len(ran.network.cells)


def _holders(network: Network, state: Mapping[str, Any]) -> list[list[str]]:
    """Which interfaces have each cell, according to the emulator."""
    (address,) = network.definition.addresses
    if network.definition.mechanism == ROUTE:
        tables = [state["route_tables"][one]["routes"] for one in network.cells]
        return [[one[destination(address)]["network_interface_id"]] for one in tables]
    interfaces = state["network_interfaces"]
    return [[eni for eni in network.enis if address in interfaces[eni]["addresses"]]]

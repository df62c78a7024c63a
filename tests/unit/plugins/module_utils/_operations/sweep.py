# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The operations that the sweeps fail in every way, and one run of one of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    ROUTE,
    SECONDARY_IP,
    FloatingIp,
    RouteTables,
    Target,
    destination,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import Cell
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import (
    Change,
    Outcome,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.plan import plan_remove
from ansible_collections.netops.floating_ip.plugins.module_utils._operations import point
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.carry_out import (
    Terms,
    always,
    carry_out,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.look import look
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.move import (
    MOVE_TIMEOUT,
    Moved,
    Order,
    move,
    order_problem,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.point import Request
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    Fault,
    faults_of,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_marks import (  # noqa: E501 - the path of a module
    Key,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_network import (  # noqa: E501 - the path of a module
    Eni,
    Network,
    Table,
)

IPV4, IPV6, SECONDARY = "100.64.10.10", "fd00:100::10", "10.0.1.100"
A, B, C, STRANGER = "eni-a", "eni-b", "eni-c", "eni-stranger"
TARGETS = tuple(Target(name, network_interface_id=f"eni-{name}") for name in "abc")
BYSTANDERS: dict[Key, str] = {
    ("rtb-1", "0.0.0.0/0"): "igw-1",
    ("rtb-1", "10.0.0.0/16"): "local",
    ("rtb-1", "100.64.10.11/32"): A,
    ("rtb-other", destination(IPV4)): A,
    ("rtb-edge", destination(IPV4)): A,
    ("subnet-1", "10.0.1.101"): A,
}


@dataclass(frozen=True)
class Scenario:
    """One operation. `state`: the cells before it; `to`: where it takes them, None: away."""

    name: str
    definition: FloatingIp
    state: dict[Key, str]
    to: str | None = "b"
    page_size: int = 100
    is_low_level: bool = False  # in AWS's words, without a definition

    @property
    def wanted(self) -> str | None:
        return None if self.to is None else f"eni-{self.to}"

    @functools.cached_property
    def keys(self) -> tuple[Key, ...]:
        return tuple(key_of(cell) for cell in self.cells)

    @functools.cached_property
    def cells(self) -> tuple[Cell, ...]:
        one = self.definition
        places = ["subnet-1"] if one.mechanism == SECONDARY_IP else one.route_tables.ids
        return tuple(Cell(one.mechanism, place, each) for place in places for each in one.addresses)

    def cloud(self) -> FakeEc2:
        enis = [Eni(f"eni-{name}", address=f"10.0.1.{n}") for n, name in enumerate("abc", 10)]
        tables = [Table(table) for table in self.definition.route_tables.ids]
        tables += [Table("rtb-other"), Table("rtb-edge", gateway=True)]
        net = Network(tables, [*enis, Eni(STRANGER)], {**BYSTANDERS, **self.state})
        cloud = FakeEc2(net)
        cloud.page_size = self.page_size
        return cloud


@dataclass
class Case:
    """What goes wrong: faults and rivals by the number of the call."""

    scenario: Scenario
    faults: dict[int, Fault] = field(default_factory=dict)
    rivals: list[tuple[int, Key, str | None]] = field(default_factory=list)
    lag: float = 0.0

    def __str__(self) -> str:
        faults = {number: fault.name for number, fault in self.faults.items()}
        return f"{self.scenario.name}: faults {faults}, rivals {self.rivals}, lag {self.lag}"


@dataclass(frozen=True)
class Run:
    """What came of it. `problem`: it was refused before any change. `moved`: only of a move."""

    outcomes: tuple[Outcome, ...] = ()
    problem: str | None = None
    moved: Moved | None = None
    seconds: float = 0.0


def routed(name: str, addresses: Sequence[str], tables: int, state: dict[Key, str]) -> Scenario:
    ids = tuple(f"rtb-{number}" for number in range(1, tables + 1))
    definition = FloatingIp("db", tuple(addresses), TARGETS, route_tables=RouteTables(ids=ids))
    return Scenario(name, definition, state)


def held(addresses: Sequence[str], tables: int, by: str = A) -> dict[Key, str]:
    numbers = range(1, tables + 1)
    return {(f"rtb-{n}", destination(each)): by for n in numbers for each in addresses}


def _scenarios() -> Iterator[Scenario]:
    both = (IPV4, IPV6)
    yield routed("move", both, 3, held(both, 3))
    absent = held((IPV4,), 3)
    del absent["rtb-2", destination(IPV4)]
    yield routed("create what is missing", (IPV4,), 3, absent)
    paged = routed("move, in pages", (IPV4,), 3, held((IPV4,), 3))
    yield Scenario(paged.name, paged.definition, paged.state, page_size=2)
    gone = routed("remove", (IPV4,), 2, held((IPV4,), 2))
    yield Scenario(gone.name, gone.definition, gone.state, to=None)
    secondary = FloatingIp("db", (SECONDARY,), TARGETS, mechanism=SECONDARY_IP)
    yield Scenario("move a secondary address", secondary, {("subnet-1", SECONDARY): A})
    yield Scenario("claim a secondary address", secondary, {})
    yield Scenario("remove a secondary one", secondary, {("subnet-1", SECONDARY): A}, to=None)


SCENARIOS = tuple(_scenarios())


def key_of(cell: Cell) -> Key:
    return cell.id, destination(cell.address) if cell.kind == ROUTE else cell.address


def start(case: Case) -> FakeEc2:
    cloud = case.scenario.cloud()
    cloud.faults, cloud.rivals, cloud.lag = dict(case.faults), list(case.rivals), case.lag
    return cloud


def act(scenario: Scenario, cloud: FakeEc2, is_newest: Callable[[Change], bool] = always) -> Run:
    """Look, and move or remove, as a module does."""
    ec2 = cloud.edge_ec2()
    edge = Edge(lambda aws: ec2, cloud.clock)
    if scenario.is_low_level:
        return _point(scenario, cloud, edge)
    began = cloud.clock.now
    seen = look(edge, [scenario.definition])["db"]
    if scenario.to is None:
        if seen.error is not None:
            return Run(problem=seen.error)
        terms = Terms(ec2, cloud.clock.now + MOVE_TIMEOUT, is_newest)
        outcomes = carry_out(terms, plan_remove(seen), seen.at)
        return Run(outcomes, seconds=cloud.clock.now - began)
    order = Order(scenario.definition, scenario.to, seen, is_newest=is_newest)
    problem = order_problem(order)
    if problem is not None:
        return Run(problem=problem)
    (moved,) = move(edge, [order])
    return Run(moved.outcomes, moved=moved, seconds=cloud.clock.now - began)


def _point(scenario: Scenario, cloud: FakeEc2, edge: Edge) -> Run:
    """What floating_ip_route and floating_ip_eni_claim do; an address is removed where it was."""
    one, began, tables = scenario.definition, cloud.clock.now, scenario.definition.route_tables.ids
    interface = scenario.wanted or (A if one.mechanism == SECONDARY_IP else None)
    request = Request(one.mechanism, one.addresses, interface, tables, remove=scenario.to is None)
    try:
        pointing = point.plan(edge, request)
    except AwsError as error:
        return Run(problem=str(error))
    if pointing.problems:
        return Run(problem=" ".join(pointing.problems))
    told = point.point(edge, pointing)
    outcomes = tuple(outcome for each in told for outcome in each.outcomes)
    return Run(outcomes, None, told[0] if len(told) == 1 else None, cloud.clock.now - began)


def calls_of(scenario: Scenario) -> list[str]:
    """The calls of the run in which nothing goes wrong."""
    cloud = scenario.cloud()
    act(scenario, cloud)
    return cloud.calls


def single_faults(scenario: Scenario) -> Iterator[Case]:
    """Each call of the clean run, failed in each way."""
    for number, operation in enumerate(calls_of(scenario)):
        for fault in faults_of(operation):
            yield Case(scenario, {number: fault})


def second_faults(case: Case) -> Iterator[Case]:
    """The case with one more fault, at each later call that the case itself makes."""
    cloud = start(case)
    act(case.scenario, cloud)
    first = max(case.faults)
    for number, operation in list(enumerate(cloud.calls))[first + 1 : first + MOST_LATER]:
        for fault in faults_of(operation):
            yield Case(case.scenario, {**case.faults, number: fault}, case.rivals, case.lag)


MOST_LATER = 24  # later calls that get a second fault: reads that go on for ever are all alike


def with_rivals(case: Case) -> Iterator[Case]:
    """The case with a rival that acts before any call, or after the last, on one cell."""
    cloud = start(case)
    act(case.scenario, cloud)
    for number in range(min(len(cloud.calls), MOST_LATER) + 1):
        for key in _contested(case, cloud):
            for to in (C, A, B, None):
                yield Case(case.scenario, case.faults, [(number, key, to)], case.lag)


def _contested(case: Case, cloud: FakeEc2) -> tuple[Key, ...]:
    """The cell whose write fails; where none does the first, for reads show all of them."""
    failing = tuple(one.key for one in cloud.attempts if one.number in case.faults)
    return failing[:1] or case.scenario.keys[:1]

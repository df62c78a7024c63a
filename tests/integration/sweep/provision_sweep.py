# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What provisioning is asked for while everything goes wrong, and one run of it."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    SECONDARY_IP,
    FloatingIp,
    RouteTables,
    Target,
    destination,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.provisioning_marks import (
    key_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.provision import (
    Provisioned,
    plan,
    provision,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    DENIED,
    KILLED_AFTER,
    KILLED_BEFORE,
    LOST_REPLY,
    THROTTLED,
    Fault,
    Killed,
    faults_of,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_marks import (  # noqa: E501 - the path of a module
    OFF,
    ON,
    Key,
    State,
    check_key,
    tag_key,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_network import (  # noqa: E501 - the path of a module
    Eni,
    Network,
    Table,
)

IPV4, NEWER, SECONDARY = "100.64.10.10", "100.64.10.20", "10.0.1.100"
A, B, C, STRANGER = "eni-a", "eni-b", "eni-c", "eni-stranger"
TABLES = ("rtb-1", "rtb-2", "rtb-3")
ORIGIN: State = {
    ("rtb-1", "0.0.0.0/0"): "igw-1",
    ("rtb-1", "10.0.0.0/16"): "local",
    ("rtb-1", "100.64.10.11/32"): A,
    ("rtb-other", destination(IPV4)): A,
    ("rtb-edge", destination(IPV4)): A,
    ("subnet-1", "10.0.1.101"): A,
    tag_key("rtb-1", "Name"): "db",
    tag_key("rtb-2", "floating-ip"): "not ours",
    tag_key(A, "Name"): "a",
    check_key(A): ON,
    check_key(B): ON,
    check_key(C): OFF,  # by someone else's wish
    check_key(STRANGER): ON,
}
AT_LAST = 400  # calls: an outage from one call on lasts longer than any run


@dataclass(frozen=True)
class Task:
    """Provision `wanted` where `before` has been provisioned already."""

    name: str
    wanted: tuple[FloatingIp, ...]
    before: tuple[FloatingIp, ...] = ()
    page_size: int = 100

    def cloud(self, state: State) -> FakeEc2:
        cloud = FakeEc2(network(state))
        cloud.page_size = self.page_size
        return cloud

    @functools.cached_property
    def start(self) -> State:
        return self.after(ORIGIN, self.before) if self.before else ORIGIN

    @functools.cached_property
    def end(self) -> State:
        return self.after(self.start, self.wanted)

    def after(self, state: State, definitions: Sequence[FloatingIp]) -> State:
        cloud = self.cloud(state)
        done = act(definitions, cloud)
        assert not (done.problems or any(one.is_partial for one in done.results)), done
        return cloud.state

    @functools.cached_property
    def keys(self) -> frozenset[Key]:
        """All that it may ever change."""
        known = (*self.before, *self.wanted)
        return frozenset(key for one in known for key in (*cells_of(one), *marks_of(one)))


@dataclass
class Case:
    """What goes wrong: faults and rivals by the number of the call, and rights that lack."""

    task: Task
    faults: Mapping[int, Fault] = field(default_factory=dict)
    rivals: Sequence[tuple[int, Key, str | None]] = ()
    lacking: tuple[str, ...] = ()  # operations

    def __str__(self) -> str:
        faults = {number: self.faults[number].name for number in list(self.faults)[:3]}
        what = f"{len(self.faults)} faults {faults}, rivals {self.rivals}, without {self.lacking}"
        return f"{self.task.name}: {what}"


@dataclass(frozen=True)
class Run:
    """What came of it. `problems`: it was refused before any change."""

    results: tuple[Provisioned, ...] = ()
    problems: tuple[str, ...] = ()
    was_killed: bool = False


def network(state: State) -> Network:
    enis = [Eni(f"eni-{name}", address=f"10.0.1.{n}") for n, name in enumerate("abc", 10)]
    enis.append(Eni(STRANGER, address="10.0.1.99"))
    tables = [Table(one) for one in (*TABLES, "rtb-other")]
    return Network([*tables, Table("rtb-edge", gateway=True)], enis, dict(state))


def route(
    name: str = "db", address: str = IPV4, tables: Sequence[str] = TABLES, targets: str = "ab"
) -> FloatingIp:
    seats = tuple(Target(one, network_interface_id=f"eni-{one}") for one in targets)
    return FloatingIp(name, (address,), seats, route_tables=RouteTables(ids=tuple(tables)))


def cells_of(one: FloatingIp) -> list[Key]:
    if one.mechanism == SECONDARY_IP:
        return [("subnet-1", each) for each in one.addresses]
    return [(table, destination(each)) for table in one.route_tables.ids for each in one.addresses]


def marks_of(one: FloatingIp) -> list[Key]:
    seats = [str(target.network_interface_id) for target in one.targets]
    tags = [tag_key(each, key_of(one.name)) for each in (*seats, *one.route_tables.ids)]
    return tags if one.mechanism == SECONDARY_IP else tags + [check_key(each) for each in seats]


def gone(*definitions: FloatingIp) -> tuple[FloatingIp, ...]:
    return tuple(replace(one, state="absent") for one in definitions)


def _tasks() -> Iterator[Task]:
    db, web = route(), route("web", NEWER, TABLES[1:], "bac")
    second = FloatingIp("db", (SECONDARY,), db.targets, mechanism=SECONDARY_IP)
    yield Task("deploy routes", (db,))
    yield Task("tear down routes", gone(db), (db,))
    yield Task("deploy routes, in pages", (db,), page_size=2)
    yield Task("tear down routes, in pages", gone(db), (db,), page_size=2)
    yield Task("deploy an address", (second,))
    yield Task("tear down an address", gone(second), (second,))
    yield Task("change the address", (route(address=NEWER),), (db,))
    yield Task("other tables, other targets", (route(tables=TABLES[1:], targets="ca"),), (db,))
    yield Task("deploy two", (db, web))
    yield Task("deploy a second", (db, web), (db,))
    yield Task("tear down one of two", (*gone(db), web), (db, web))
    yield Task("tear down the other, unseen", gone(db), (db, web))
    yield Task("tear down two", gone(db, web), (db, web))


TASKS = tuple(_tasks())


def start(case: Case) -> FakeEc2:
    cloud = case.task.cloud(case.task.start)
    cloud.faults, cloud.rivals = dict(case.faults), list(case.rivals)
    cloud.lacking = dict.fromkeys(case.lacking, DENIED)
    return cloud


def act(definitions: Sequence[FloatingIp], cloud: FakeEc2) -> Run:
    """Plan and provision, as the module does."""
    ec2 = cloud.edge_ec2()
    edge = Edge(lambda aws: ec2, cloud.clock)
    try:
        plans = plan(edge, definitions)
        problems = tuple(sentence for one in plans for sentence in one.problems)
        return Run((), problems) if problems else Run(provision(edge, plans))
    except Killed:
        return Run(was_killed=True)


def calls_of(case: Case) -> list[str]:
    cloud = start(case)
    act(case.task.wanted, cloud)
    return cloud.calls


def single_faults(task: Task) -> Iterator[Case]:
    """Each call of the clean run, failed in each way; and killed right before and after it."""
    for number, operation in enumerate(calls_of(Case(task))):
        for fault in (*faults_of(operation), KILLED_BEFORE, KILLED_AFTER):
            yield Case(task, {number: fault})


def outages(task: Task) -> Iterator[Case]:
    """Everything fails from one call on, in each way that lasts."""
    for number in range(len(calls_of(Case(task)))):
        for fault in (THROTTLED, DENIED, LOST_REPLY):
            yield Case(task, dict.fromkeys(range(number, number + AT_LAST), fault))


def without_rights(task: Task) -> Iterator[Case]:
    """One operation, or two, may not be called at all."""
    operations = sorted(set(calls_of(Case(task))))
    for pair in itertools.combinations_with_replacement(operations, 2):
        yield Case(task, lacking=pair)


def second_faults(case: Case) -> Iterator[Case]:
    """The case with one more fault, at each later call that the case itself makes."""
    calls = calls_of(case)
    for number in range(max(case.faults) + 1, len(calls)):
        for fault in (*faults_of(calls[number]), KILLED_AFTER):
            yield Case(case.task, {**case.faults, number: fault}, case.rivals)


def with_rivals(case: Case) -> Iterator[Case]:
    """The case with a rival that moves one cell before any call, or after the last."""
    task = case.task
    cells = sorted({key for one in task.wanted for key in cells_of(one)})
    for number in range(len(calls_of(case)) + 1):
        for key in cells[:2]:
            for to in (A, B, STRANGER, None):
                yield Case(task, case.faults, [(number, key, to)])

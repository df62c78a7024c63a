# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A network of values on which provisioning steps are carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    ROUTE,
    SECONDARY_IP,
    FloatingIp,
    RouteTables,
    Target,
    destination,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import Look
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Change
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.network import (
    Interface,
    Route,
    RouteTable,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.places import places
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.provisioning import (
    Case,
    Steps,
    Tagging,
    steps_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.provisioning_marks import (
    tags_by_id,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.reading import (
    read_routes,
    read_secondary,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.vpc import (
    interface,
)

IDS = ("rtb-1", "rtb-2", "rtb-3")
ADDRESSES = ("100.64.10.10", "100.64.10.11", "fd00:64::10")
SECONDARY = ("10.0.1.200", "10.0.1.201")


@dataclass(frozen=True)
class Net:
    tables: tuple[RouteTable, ...]
    interfaces: tuple[Interface, ...]

    def case(self, one: FloatingIp) -> Case:
        where = places(one.targets, self.interfaces)
        chosen = [table for table in self.tables if table.id in one.route_tables.ids]
        if one.mechanism == ROUTE:
            readings = read_routes(one.addresses, chosen)
        else:
            readings = read_secondary(one.addresses, ("subnet-a",), self.interfaces)
        return Case(one, Look(0.0, where, readings), self.tables, self.interfaces)

    def steps(self, *definitions: FloatingIp) -> Mapping[str, Steps]:
        return steps_of([self.case(one) for one in definitions])

    def after(self, *definitions: FloatingIp) -> Net:
        """The network once the steps for these definitions have been carried out."""
        net = self
        for steps in self.steps(*definitions).values():
            for change in steps.cells:
                net = net._changed(change)
            for setting in steps.checks:
                if setting.before != setting.after:
                    net = net.with_(setting.interface, source_dest_check=setting.after)
            for tagging in steps.tags:
                net = net._tagged(tagging)
        return net

    def with_(self, name: str, **more: object) -> Net:
        """With one table or interface changed."""
        return Net(
            tuple(replace(t, **more) if t.id == name else t for t in self.tables),  # type: ignore[arg-type]  # any field
            tuple(replace(i, **more) if i.id == name else i for i in self.interfaces),  # type: ignore[arg-type]  # any field
        )

    def _changed(self, change: Change) -> Net:
        cell, net = change.cell, self
        if cell.kind == SECONDARY_IP:
            for one in self.interfaces:
                kept = tuple(address for address in one.addresses if address != cell.address)
                more = (cell.address,) if one.id == change.after else ()
                net = net.with_(one.id, addresses=kept + more)
            return net
        block = destination(cell.address)
        (table,) = [table for table in self.tables if table.id == cell.id]
        routes = tuple(route for route in table.routes if route.destination != block)
        more_routes = (Route(block, change.after),) if change.after else ()
        return self.with_(cell.id, routes=routes + more_routes)

    def _tagged(self, tagging: Tagging) -> Net:
        found = tags_by_id(self.tables, self.interfaces)[tagging.resource]
        tags = {key: value for key, value in found.items() if key != tagging.key}
        if tagging.after is not None:
            tags[tagging.key] = tagging.after
        return self.with_(tagging.resource, tags=tags)


def network(checks: Sequence[bool] = (True, True, True)) -> Net:
    return Net(
        tuple(RouteTable(name, "vpc-1", tags={"Name": name}) for name in IDS),
        tuple(
            interface(name, number, source_dest_check=check)
            for number, (name, check) in enumerate(zip("abc", checks, strict=True), 11)
        ),
    )


def route(
    name: str = "db",
    addresses: tuple[str, ...] = ADDRESSES[:1],
    tables: tuple[str, ...] = IDS,
    targets: str = "ab",
) -> FloatingIp:
    listed = tuple(Target(one, network_interface_id=f"eni-{one}") for one in targets)
    return FloatingIp(name, addresses, listed, route_tables=RouteTables(ids=tables))


def secondary(name: str, address: str, targets: str) -> FloatingIp:
    listed = tuple(Target(one, network_interface_id=f"eni-{one}") for one in targets)
    return FloatingIp(name, (address,), listed, mechanism=SECONDARY_IP)

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What is known about one floating IP, and the same in plain values: the module's result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

from .._definition.model import FloatingIp
from .._engine.cells import Holding, Look, Place, Reading, holder_of, is_cell_of_ours
from .._engine.coverage_report import Reach
from .._engine.network import Interface
from .._engine.readiness import Check


@dataclass(frozen=True)
class Info:
    """Everything about one floating IP; `entry_of` says it in plain values."""

    definition: FloatingIp
    look: Look
    interfaces: Mapping[str, Interface] = field(default_factory=dict)  # by id
    coverage: tuple[Reach, ...] = ()
    readiness: tuple[Check, ...] = ()
    findings: tuple[str, ...] = ()
    ready: bool = False

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def holder(self) -> Optional[str]:
        return holder_of(self.look)[1]

    @property
    def holding(self) -> Holding:
        return holder_of(self.look)[0]

    @property
    def drift(self) -> tuple[Reading, ...]:
        """The cells that do not agree with the holder; where it is split, with most of them."""
        ours = [reading for reading in self.look.readings if is_cell_of_ours(reading)]
        counts = Counter(self.look.target_at(reading.points_at) for reading in ours)
        order = [target.name for target in self.definition.targets if counts[target.name]]
        leader = max(order, key=lambda name: counts[name], default=None)
        return tuple(
            reading
            for reading in ours
            if leader is None or self.look.target_at(reading.points_at) != leader
        )

    @property
    def blackholes(self) -> tuple[Reading, ...]:
        return tuple(reading for reading in self.look.readings if reading.blackhole)


def entry_of(one: Info) -> dict[str, Any]:
    """One floating IP: name, addresses, mechanism, holder, holding (held, split, absent, foreign,
    unreadable), error (why it cannot be read, or None),
    targets: [{name, network_interface_id, instance_id, address, source_dest_check, holds, error}],
    items: [{kind, id, address, points_at, target, blackhole, propagated, error}],
    drift and blackholes: items again, coverage: [{subnet_id, zone, route_table_id, address,
    points_at, target, covered}], readiness: [{check, ok, text}] (ok None: a warning, or not known),
    findings: [sentences], ready: bool.
    """
    return {
        "name": one.name,
        "addresses": list(one.definition.addresses),
        "mechanism": one.definition.mechanism,
        "holder": one.holder,
        "holding": one.holding.value,
        "error": one.look.error,
        "targets": [_target(one, place) for place in one.look.places],
        "items": [_item(one, reading) for reading in one.look.readings],
        "drift": [_item(one, reading) for reading in one.drift],
        "blackholes": [_item(one, reading) for reading in one.blackholes],
        "coverage": [_coverage(reach) for reach in one.coverage],
        "readiness": [{"check": c.name, "ok": c.ok, "text": c.text} for c in one.readiness],
        "findings": list(one.findings),
        "ready": one.ready,
    }


def _target(one: Info, place: Place) -> dict[str, Any]:
    interface = one.interfaces.get(place.interface or "")
    return {
        "name": place.target,
        "network_interface_id": place.interface,
        "instance_id": place.instance,
        "address": place.address,
        "source_dest_check": interface.source_dest_check if interface else None,
        "holds": place.target == one.holder,
        "error": place.error,
    }


def _item(one: Info, reading: Reading) -> dict[str, Any]:
    return {
        "kind": reading.cell.kind,
        "id": reading.cell.id,
        "address": reading.cell.address,
        "points_at": reading.points_at,
        "target": one.look.target_at(reading.points_at),
        "blackhole": reading.blackhole,
        "propagated": reading.propagated,
        "error": reading.error,
    }


def _coverage(reach: Reach) -> dict[str, Any]:
    return {
        "subnet_id": reach.subnet,
        "zone": reach.zone,
        "route_table_id": reach.table,
        "address": reach.address,
        "points_at": reach.points_at,
        "target": reach.target,
        "covered": reach.is_covered,
    }

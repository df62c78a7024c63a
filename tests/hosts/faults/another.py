# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Another floating IP on the stage, for what the deployed one cannot be used for.

The targets answer at its address, so a client can measure it: `metered`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.netops.floating_ip.tests.hosts.faults.floating import Floating
from ansible_collections.netops.floating_ip.tests.hosts.faults.meters import Meter
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import (
    ASIDE_ECHO,
    ASIDE_PORT,
    POLICY,
    PROBE,
    Stage,
)
from ansible_collections.netops.floating_ip.tests.hosts.watching import UNIT
from ansible_collections.netops.floating_ip.tests.lab.box import (
    CLIENTS,
    NAME,
    TARGETS,
)

FOLDER = "/etc/floating-ip"


@dataclass(frozen=True)
class Wanted:
    """`addresses`: where each target is probed. Its service is the one aside, unless told."""

    addresses: Mapping[str, str]
    holder: str
    policy: Mapping[str, Any] = field(default_factory=dict)
    port: int = ASIDE_PORT


@contextmanager
def watched(stage: Stage, floating: Floating, wanted: Wanted) -> Iterator[Floating]:
    """Watch it for a while: a file beside the deployed ones, as an administrator writes it."""
    stage.point(floating, wanted.holder, "create")
    stage.on_both(f"ip address replace {floating.destination} dev lo")
    text = json.dumps(_definition(stage, floating, wanted))
    for name in floating.watchers:
        stage.hosts[name].write(f"{FOLDER}/{floating.name}.json", text)
        stage.hosts[name].run(f"systemctl reload {UNIT}")
    stage.await_calm(floating)
    try:
        yield floating
    finally:
        _forgotten(stage, floating)


@contextmanager
def metered(stage: Stage, floating: Floating, port: int = ASIDE_ECHO) -> Iterator[Meter]:
    """What a client sees of it; `port`: where the service that is broken answers it."""
    client, folder = stage.site.clients[CLIENTS[0]], stage.lab.places.directory
    meter = Meter.begin(client, floating.address, folder, port)
    try:
        meter.await_answer()
        yield meter
    finally:
        meter.end()


def _forgotten(stage: Stage, floating: Floating) -> None:
    stage.mend()
    for name in floating.watchers:  # a restart, as it is over when systemctl says so
        gone = f"rm {FOLDER}/{floating.name}.json && systemctl restart {UNIT}"
        stage.hosts[name].run(gone)
    gone = {"DestinationCidrBlock": floating.destination}
    with ThreadPoolExecutor() as pool:
        delete = stage.ec2.delete_route
        list(pool.map(lambda table: delete(RouteTableId=table, **gone), floating.tables))


def own_addresses(stage: Stage) -> dict[str, str]:
    """The targets' own addresses."""
    return {name: stage.hosts[name].plan.ip for name in TARGETS}


def _definition(stage: Stage, floating: Floating, wanted: Wanted) -> dict[str, Any]:
    deployed = json.loads(stage.hosts[TARGETS[0]].read(f"{FOLDER}/{NAME}.json"))
    return {
        **deployed,
        "name": floating.name,
        "addresses": [floating.address],
        "route_tables": {"ids": list(floating.tables)},
        "targets": [
            {"name": name, "network_interface_id": eni, "probe_address": wanted.addresses[name]}
            for name, eni in floating.targets.items()
        ],
        "probe": {**PROBE, "port": wanted.port},
        "policy": {**POLICY, **wanted.policy},
    }

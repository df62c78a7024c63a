# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keep a lab for molecule: two hosts, an emulated AWS, and their inventory in a folder.

`keep_lab.py FOLDER` makes it and stays; `keep_lab.py --end FOLDER` ends it, if there is one.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import boto3

from ansible_collections.netops.floating_ip.tests.emulator.world import World, network
from ansible_collections.netops.floating_ip.tests.lab.lab import HostPlan, Lab

SUITES = {"db-a": "bookworm", "db-b": "trixie"}
ADDRESS = "100.64.10.10"


def keep(folder: Path) -> None:
    """Until SIGTERM. The process holds a lock, by which `end` knows that it is there."""
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: ending.set())
    with (folder / ".keeper").open("a+") as keeper, Lab.start() as lab:
        fcntl.flock(keeper, fcntl.LOCK_EX)
        keeper.truncate(0)
        keeper.write(str(os.getpid()))
        keeper.flush()
        region = lab.emulator.environment()["AWS_REGION"]
        session = boto3.session.Session("testing", "testing", region_name=region)
        fill(lab, folder, session.client("ec2", endpoint_url=lab.emulator.url))
        ending.wait()


def fill(lab: Lab, folder: Path, ec2: Any) -> None:
    """The network, with the address at the first host; the hosts; then the inventory."""
    world = network(ec2, targets=list(SUITES))
    for table in world.tables:
        ec2.create_route(
            RouteTableId=table,
            DestinationCidrBlock=f"{ADDRESS}/32",
            NetworkInterfaceId=world.eni("db-a"),
        )
    for name, suite in SUITES.items():
        lab.boot(plan(ec2, world, name, suite))
    for host in lab.hosts.values():
        host.wait()
    groups = {"floating_ip_targets": list(SUITES)}
    own = {name: {"own_address": world.targets[name].address} for name in SUITES}
    common = {"floating_ips": [definition(world, lab.api_url)]}
    lab.inventory(folder / "hosts.yml", groups, {**own, "floating_ip_targets": common})


def plan(ec2: Any, world: World, name: str, suite: str) -> HostPlan:
    at = world.targets[name]
    found = ec2.describe_network_interfaces(NetworkInterfaceIds=[at.eni])
    macs = {at.eni: found["NetworkInterfaces"][0]["MacAddress"]}
    return HostPlan(name, f"{at.address}/24", suite=suite, instance_id=at.instance, interfaces=macs)


def definition(world: World, api: str) -> dict[str, Any]:
    return {
        "name": "db",
        "addresses": [ADDRESS],
        "aws": {"region": "eu-west-1", "endpoint_url": api},
        "route_tables": {"ids": list(world.tables)},
        "targets": [
            {"name": name, "network_interface_id": at.eni, "probe_address": at.address}
            for name, at in world.targets.items()
        ],
    }


def end(folder: Path) -> None:
    """End the keeper, and wait until it is gone with all that it made."""
    try:
        keeper = (folder / ".keeper").open()
    except FileNotFoundError:
        return
    with keeper:
        try:
            fcntl.flock(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.kill(int(keeper.read()), signal.SIGTERM)
            fcntl.flock(keeper, fcntl.LOCK_EX)
    for name in (".keeper", "hosts.yml"):
        (folder / name).unlink(missing_ok=True)


if __name__ == "__main__":
    (end if sys.argv[1] == "--end" else keep)(Path(sys.argv[-1]))

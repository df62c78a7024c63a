# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A VPC with two targets in the emulator, made with boto3: the demo's parts need no playbook."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest

from ansible_collections.netops.floating_ip.tests.demo import plan
from ansible_collections.netops.floating_ip.tests.demo.commands import Commands
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.emulator.world import network


@dataclass(frozen=True)
class World:
    emulator: Emulator
    ec2: Any
    table: str
    interfaces: Mapping[str, str]  # by target name
    instances: Mapping[str, str]

    def point(self, target: str) -> None:
        """Move the floating address, in one call."""
        place = {"RouteTableId": self.table, "DestinationCidrBlock": f"{plan.ADDRESS}/32"}
        self.ec2.replace_route(**place, NetworkInterfaceId=self.interfaces[target])


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    told: list[str] = []
    running = Commands(tmp_path, tmp_path / "logs", {**os.environ, **plan.ENVIRONMENT}, told.append)
    yield running
    running.stop_all()


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    with Emulator.start() as running:
        yield running


@pytest.fixture
def world(emulator: Emulator) -> World:
    emulator.reset()
    variables = emulator.environment(plan.REGION)
    ec2: Any = boto3.client(
        "ec2",
        endpoint_url=emulator.url,
        region_name=plan.REGION,
        aws_access_key_id=variables["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=variables["AWS_SECRET_ACCESS_KEY"],
    )
    made = network(ec2, tables=1, targets=tuple(plan.TARGETS), azs=1)
    table = made.tables[0]
    interfaces = {name: made.eni(name) for name in plan.TARGETS}
    for name, resource in {plan.CLIENT_TABLE: table, **interfaces}.items():
        ec2.create_tags(Resources=[resource], Tags=[{"Key": "Name", "Value": name}])
    place = {"RouteTableId": table, "DestinationCidrBlock": f"{plan.ADDRESS}/32"}
    ec2.create_route(**place, NetworkInterfaceId=interfaces["web-a"])
    instances = {name: made.targets[name].instance for name in plan.TARGETS}
    return World(emulator, ec2, table, interfaces, instances)

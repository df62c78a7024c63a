# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The runbooks on the dynamic inventory of amazon.aws.aws_ec2: live, and as it was recorded.

`aws_ec2.json` is what `ansible-inventory --list` gave for two environments on the embedded AWS.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[2] / "examples" / "inventories_aws_ec2"
RECORDED = HERE / "aws_ec2.json"
ENVIRONMENTS = {"production": ("db-a", "db-b"), "staging": ("st-a", "st-b")}


def ansible(program: str, *arguments: str) -> str:
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def members(inventory: Any) -> dict[str, list[str]]:
    return {
        name: sorted(group["hosts"])
        for name, group in inventory.items()
        if name != "_meta" and group.get("hosts")
    }


@pytest.fixture
def nets(world: Callable[..., Any], ec2: Any) -> dict[str, Any]:
    """A VPC for each environment; the second target is preferred."""
    made = {}
    for number, (environment, names) in enumerate(ENVIRONMENTS.items()):
        made[environment] = world(targets=names, cidr=f"10.{number}.0.0/16")
        for place, target in enumerate(made[environment].targets.values()):
            tags = {"floating-ip-environment": environment, "floating-ip-preference": 2 - place}
            ec2.create_tags(
                Resources=[target.instance],
                Tags=[{"Key": key, "Value": str(value)} for key, value in tags.items()],
            )
    return made


@pytest.fixture
def inventory(nets: dict[str, Any], tmp_path: Path) -> Path:
    """The example, with the VPCs that there are."""
    folder = tmp_path / "inventory"
    shutil.copytree(EXAMPLE, folder)
    for environment, net in nets.items():
        path = folder / "group_vars" / f"{environment}.yml"
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
        values["floating_ips"][0]["route_tables"] = {"vpc_id": net.vpc}
        path.write_text(yaml.safe_dump(values), encoding="utf-8")
    return folder


def test_what_was_recorded_is_what_the_plugin_says(inventory: Path) -> None:
    live = json.loads(ansible("ansible-inventory", "-i", str(inventory), "--list"))
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    assert members(live) == members(recorded)
    ours = {"floating_ips", "floating_ip_defaults"}  # of group_vars, which it cannot hold
    for host, variables in recorded["_meta"]["hostvars"].items():
        assert set(variables) == set(live["_meta"]["hostvars"][host]) - ours


def test_a_deploy_leads_to_the_target_that_its_tag_prefers(
    inventory: Path, nets: dict[str, Any], ec2: Any
) -> None:
    limit = ("--limit", "production-aws,staging-aws")
    told = ansible("ansible-playbook", "-i", str(inventory), "netops.floating_ip.deploy", *limit)
    assert "this run is about its AWS side alone" in " ".join(told.split())
    net = nets["production"]
    found = ec2.describe_route_tables(RouteTableIds=list(net.tables))["RouteTables"]
    routes = [route for table in found for route in table["Routes"]]
    hops = [
        one["NetworkInterfaceId"]
        for one in routes
        if one.get("DestinationCidrBlock") == "100.64.10.10/32"
    ]
    assert hops == [net.eni("db-b")] * len(net.tables)


@pytest.mark.parametrize("runbook", ["deploy", "teardown", "validate", "status"])
def test_every_runbook_selects_from_what_was_recorded(runbook: str, tmp_path: Path) -> None:
    script = tmp_path / "recorded"
    script.write_text(f"#!/bin/sh\ncat {RECORDED}\n", encoding="utf-8")
    os.chmod(script, 0o755)
    limited = ("--limit", "staging", "--list-hosts")
    name = f"netops.floating_ip.{runbook}"
    told = ansible("ansible-playbook", "-i", str(script), name, *limited)
    hosts = {line.strip() for line in told.splitlines() if re.match(r" {6}\S", line)}
    assert hosts == {"staging-aws", "st-a", "st-b"}

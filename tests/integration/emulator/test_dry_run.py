# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DryRun: AWS answers whether it might, and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

FLOATING = "100.64.10.10/32"


def test_dry_run_changes_nothing_whatever_the_action(
    ec2: Any, world: Any, refused: Any, unchanged: Any
) -> None:
    net = world()
    route = {"RouteTableId": net.tables[0], "DestinationCidrBlock": FLOATING}
    ec2.create_route(**route, NetworkInterfaceId=net.eni("db-a"))
    eni = {"NetworkInterfaceId": net.eni("db-b")}
    tags = [{"Key": "floating-ip", "Value": "db"}]
    for action, params in (
        (ec2.replace_route, {**route, **eni}),
        (ec2.delete_route, route),
        (ec2.create_route, {**route, "DestinationCidrBlock": "100.64.10.11/32", **eni}),
        (ec2.create_tags, {"Resources": [net.tables[0]], "Tags": tags}),
        (ec2.create_route_table, {"VpcId": net.vpc}),
        (ec2.modify_network_interface_attribute, {**eni, "SourceDestCheck": {"Value": True}}),
        (ec2.terminate_instances, {"InstanceIds": [net.targets["db-a"].instance]}),
        (ec2.describe_route_tables, {}),
    ):
        unchanged(refused, "DryRunOperation", action, **params, DryRun=True)


def test_dry_run_answers_with_status_412(ec2: Any, world: Any) -> None:
    with pytest.raises(ClientError) as caught:
        ec2.delete_route_table(RouteTableId=world().tables[0], DryRun=True)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 412

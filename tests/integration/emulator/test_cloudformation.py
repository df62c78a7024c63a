# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stack with a whole network: made, used, and deleted without a trace."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.emulator.world import IMAGE

FLOATING = "100.64.10.10/32"


def _ref(name: str) -> dict[str, str]:
    return {"Ref": name}


def _resource(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"AWS::EC2::{kind}", "Properties": properties}


TAGS = [{"Key": "floating-ip", "Value": "db"}]
OUTPUTS = {
    "EniA": {"Value": _ref("EniA")},
    "TableB": {"Value": _ref("TableB")},
    "HostB": {"Value": _ref("HostB")},
    "AddressB": {"Value": {"Fn::GetAtt": ["EniB", "PrimaryPrivateIpAddress"]}},
}


def _network() -> dict[str, Any]:
    return {
        "Vpc": _resource("VPC", CidrBlock="10.0.0.0/16", EnableDnsHostnames=True, Tags=TAGS),
        "Six": _resource("VPCCidrBlock", VpcId=_ref("Vpc"), AmazonProvidedIpv6CidrBlock=True),
        "Gateway": _resource("InternetGateway", Tags=TAGS),
        "Attached": _resource(
            "VPCGatewayAttachment", VpcId=_ref("Vpc"), InternetGatewayId=_ref("Gateway")
        ),
        "Edge": _resource("RouteTable", VpcId=_ref("Vpc")),
        "EdgeOf": _resource(
            "GatewayRouteTableAssociation", RouteTableId=_ref("Edge"), GatewayId=_ref("Gateway")
        ),
        "Group": _resource("SecurityGroup", VpcId=_ref("Vpc"), GroupDescription="hosts"),
        "Second": _resource("NetworkInterface", SubnetId=_ref("SubnetA"), SourceDestCheck=False),
    }


def _zone(index: int, letter: str) -> dict[str, Any]:
    zone = {"Fn::Select": [index, {"Fn::GetAZs": ""}]}
    block = f"10.0.{index + 1}.0/24"
    subnet = {"VpcId": _ref("Vpc"), "CidrBlock": block, "AvailabilityZone": zone}
    eni = {"SubnetId": _ref(f"Subnet{letter}"), "PrivateIpAddress": f"10.0.{index + 1}.10"}
    given = [{"NetworkInterfaceId": _ref(f"Eni{letter}"), "DeviceIndex": "0"}]
    used = {"RouteTableId": _ref(f"Table{letter}"), "SubnetId": _ref(f"Subnet{letter}")}
    return {
        f"Subnet{letter}": _resource("Subnet", **subnet, Tags=TAGS),
        f"Table{letter}": _resource("RouteTable", VpcId=_ref("Vpc"), Tags=TAGS),
        f"Used{letter}": _resource("SubnetRouteTableAssociation", **used),
        f"Eni{letter}": _resource(
            "NetworkInterface", **eni, Tags=TAGS, SourceDestCheck=False, GroupSet=[_ref("Group")]
        ),
        f"Host{letter}": _resource("Instance", ImageId=IMAGE, NetworkInterfaces=given, Tags=TAGS),
    }


def template() -> dict[str, Any]:
    """Two zones, each with a subnet, a table and an instance; a second interface; an edge table."""
    resources = _network() | _zone(0, "A") | _zone(1, "B")
    resources["EdgeOf"]["DependsOn"] = "Attached"
    second = {"InstanceId": _ref("HostA"), "NetworkInterfaceId": _ref("Second"), "DeviceIndex": "1"}
    resources["AttachedSecond"] = _resource(
        "NetworkInterfaceAttachment", **second, DeleteOnTermination=False
    )
    to = {"DestinationCidrBlock": FLOATING, "NetworkInterfaceId": _ref("EniA")}
    resources["Floating"] = _resource("Route", RouteTableId=_ref("TableB"), **to)
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources, "Outputs": OUTPUTS}


@pytest.fixture
def stacks(emulator: Any, aws: Any) -> Any:
    return aws.client("cloudformation", endpoint_url=emulator.url)


def outputs_of(stacks: Any, name: str) -> dict[str, str]:
    found = stacks.describe_stacks(StackName=name)["Stacks"][0]
    assert found["StackStatus"] == "CREATE_COMPLETE", found
    return {each["OutputKey"]: each["OutputValue"] for each in found["Outputs"]}


def test_a_stack_comes_and_goes_without_a_trace(ec2: Any, stacks: Any, emulator: Any) -> None:
    ec2.describe_vpcs()
    before = emulator.state()
    stacks.create_stack(StackName="lab-vpc", TemplateBody=json.dumps(template()))
    out = outputs_of(stacks, "lab-vpc")
    state = emulator.state()
    eni = state["network_interfaces"][out["EniA"]]
    assert (eni["source_dest_check"], eni["tags"]["floating-ip"]) == (False, "db")
    assert eni["addresses"] == {"10.0.1.10": {"primary": True}}
    table = state["route_tables"][out["TableB"]]
    assert table["routes"][FLOATING]["state"] == "active"
    assert table["tags"]["aws:cloudformation:stack-name"] == "lab-vpc"
    assert [each["subnet"] is not None for each in table["associations"].values()] == [True]
    assert state["instances"][out["HostB"]]["zone"] == "eu-west-1b"
    assert out["AddressB"] == "10.0.2.10"
    assert sum(each["status"] == "in-use" for each in state["network_interfaces"].values()) == 3
    stacks.delete_stack(StackName="lab-vpc")
    assert emulator.state() == before


def test_two_stacks_do_not_meet(ec2: Any, stacks: Any, emulator: Any) -> None:
    ec2.describe_vpcs()
    for name in ("one-lab", "two-lab"):
        stacks.create_stack(StackName=name, TemplateBody=json.dumps(template()))
    keep = outputs_of(stacks, "two-lab")
    stacks.delete_stack(StackName="one-lab")
    assert emulator.state()["instances"][keep["HostB"]]["state"] == "running"


def test_an_update_that_changes_nothing_is_refused(stacks: Any) -> None:
    body = json.dumps(template())
    stacks.create_stack(StackName="lab-vpc", TemplateBody=body)
    with pytest.raises(stacks.exceptions.ClientError, match="No updates are to be performed"):
        stacks.update_stack(StackName="lab-vpc", TemplateBody=body)
    stacks.update_stack(StackName="lab-vpc", TemplateBody=body.replace("hosts", "other hosts"))

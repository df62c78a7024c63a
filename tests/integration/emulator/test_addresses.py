# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private addresses of interfaces."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.emulator.world import IMAGE

SHARED = "10.0.1.200"


def addresses(ec2: Any, eni: str) -> list[str]:
    found = ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])["NetworkInterfaces"][0]
    return [each["PrivateIpAddress"] for each in found["PrivateIpAddresses"]]


@pytest.fixture
def net(world: Any) -> Any:
    return world(azs=1, tables=1)


def test_reassignment_moves_the_address(ec2: Any, net: Any) -> None:
    ec2.assign_private_ip_addresses(NetworkInterfaceId=net.eni("db-a"), PrivateIpAddresses=[SHARED])
    wanted = {
        "NetworkInterfaceId": net.eni("db-b"),
        "PrivateIpAddresses": [SHARED],
        "AllowReassignment": True,
    }
    reply = ec2.assign_private_ip_addresses(**wanted)
    assert [each["PrivateIpAddress"] for each in reply["AssignedPrivateIpAddresses"]] == [SHARED]
    assert SHARED not in addresses(ec2, net.eni("db-a"))
    assert addresses(ec2, net.eni("db-b")) == [net.targets["db-b"].address, SHARED]


def test_without_reassignment_the_address_stays(
    ec2: Any, net: Any, refused: Any, unchanged: Any
) -> None:
    ec2.assign_private_ip_addresses(NetworkInterfaceId=net.eni("db-a"), PrivateIpAddresses=[SHARED])
    wanted = {"NetworkInterfaceId": net.eni("db-b"), "PrivateIpAddresses": [SHARED]}
    unchanged(refused, "InvalidParameterValue", ec2.assign_private_ip_addresses, **wanted)


def test_a_primary_address_never_moves(ec2: Any, net: Any, refused: Any, unchanged: Any) -> None:
    primary = net.targets["db-a"].address
    wanted = {"NetworkInterfaceId": net.eni("db-b"), "PrivateIpAddresses": [SHARED, primary]}
    unchanged(
        refused,
        "InvalidParameterValue",
        ec2.assign_private_ip_addresses,
        **wanted,
        AllowReassignment=True,
    )


def test_assigning_what_is_there_changes_nothing(ec2: Any, net: Any, unchanged: Any) -> None:
    wanted = {"NetworkInterfaceId": net.eni("db-a"), "PrivateIpAddresses": [SHARED]}
    ec2.assign_private_ip_addresses(**wanted)
    unchanged(ec2.assign_private_ip_addresses, **wanted)
    assert addresses(ec2, net.eni("db-a")).count(SHARED) == 1


@pytest.mark.parametrize("address", ["10.0.2.9", "10.0.1.0", "10.0.1.3", "10.0.1.255", "192.0.2.1"])
def test_an_address_outside_the_subnet_or_reserved_is_refused(
    ec2: Any, net: Any, refused: Any, address: str
) -> None:
    wanted = {"NetworkInterfaceId": net.eni("db-a"), "PrivateIpAddresses": [address]}
    refused("InvalidParameterValue", ec2.assign_private_ip_addresses, **wanted)
    created = {"SubnetId": net.subnets[0], "PrivateIpAddress": address}
    refused("InvalidParameterValue", ec2.create_network_interface, **created)


def test_a_count_of_addresses_gives_free_ones(ec2: Any, net: Any) -> None:
    wanted = {"NetworkInterfaceId": net.eni("db-a"), "SecondaryPrivateIpAddressCount": 3}
    reply = ec2.assign_private_ip_addresses(**wanted)
    assert len(reply["AssignedPrivateIpAddresses"]) == 3
    everything = addresses(ec2, net.eni("db-a")) + addresses(ec2, net.eni("db-b"))
    assert len(set(everything)) == len(everything) == 5


def test_unassigning_what_is_not_there_or_the_primary_is_refused(
    ec2: Any, net: Any, refused: Any, unchanged: Any
) -> None:
    for address in (SHARED, net.targets["db-a"].address):
        wanted = {"NetworkInterfaceId": net.eni("db-a"), "PrivateIpAddresses": [address]}
        unchanged(refused, "InvalidParameterValue", ec2.unassign_private_ip_addresses, **wanted)


def test_unassigning_takes_the_address_away(ec2: Any, net: Any) -> None:
    wanted = {"NetworkInterfaceId": net.eni("db-a"), "PrivateIpAddresses": [SHARED]}
    ec2.assign_private_ip_addresses(**wanted)
    ec2.unassign_private_ip_addresses(**wanted)
    assert addresses(ec2, net.eni("db-a")) == [net.targets["db-a"].address]


def test_an_unknown_interface_is_not_found(ec2: Any, net: Any, refused: Any) -> None:
    wanted = {"NetworkInterfaceId": "eni-0123456789abcdef0", "PrivateIpAddresses": [SHARED]}
    for action in (ec2.assign_private_ip_addresses, ec2.unassign_private_ip_addresses):
        refused("InvalidNetworkInterfaceID.NotFound", action, **wanted)


def test_a_new_interface_cannot_take_an_address_in_use(ec2: Any, net: Any, refused: Any) -> None:
    taken = net.targets["db-a"].address
    wanted = {"SubnetId": net.subnets[0], "PrivateIpAddress": taken}
    refused("InvalidIPAddress.InUse", ec2.create_network_interface, **wanted)
    run = {"ImageId": IMAGE, "MinCount": 1, "MaxCount": 1, "SubnetId": net.subnets[0]}
    refused("InvalidIPAddress.InUse", ec2.run_instances, **run, PrivateIpAddress=taken)


def test_new_interfaces_never_share_an_address_nor_take_a_reserved_one(
    ec2: Any, net: Any, refused: Any
) -> None:
    small = {
        "SubnetId": ec2.create_subnet(VpcId=net.vpc, CidrBlock="10.0.9.0/28")["Subnet"]["SubnetId"]
    }
    made = [ec2.create_network_interface(**small)["NetworkInterface"] for _each in range(11)]
    assert {each["PrivateIpAddress"] for each in made} == {
        f"10.0.9.{host}" for host in range(4, 15)
    }
    refused("InsufficientFreeAddressesInSubnet", ec2.create_network_interface, **small)


def test_a_new_instance_gets_an_address_that_no_interface_has(ec2: Any, net: Any) -> None:
    eni = ec2.create_network_interface(SubnetId=net.subnets[0])["NetworkInterface"]
    run = {"ImageId": IMAGE, "MinCount": 1, "MaxCount": 1, "SubnetId": net.subnets[0]}
    made = ec2.run_instances(**run)["Instances"][0]
    known = {eni["PrivateIpAddress"], *(target.address for target in net.targets.values())}
    assert made["PrivateIpAddress"] not in known


def test_ipv6_addresses_are_in_the_subnet_and_on_one_interface(
    ec2: Any, world: Any, refused: Any
) -> None:
    net = world(azs=1, tables=1, ipv6=True)
    own = net.targets["db-a"].ipv6
    wanted = {"NetworkInterfaceId": net.eni("db-b"), "Ipv6Addresses": [own]}
    refused("InvalidIPAddress.InUse", ec2.assign_ipv6_addresses, **wanted)
    refused("InvalidParameterValue", ec2.unassign_ipv6_addresses, **wanted)
    wanted["Ipv6Addresses"] = ["2001:db8::1"]
    refused("InvalidParameterValue", ec2.assign_ipv6_addresses, **wanted)

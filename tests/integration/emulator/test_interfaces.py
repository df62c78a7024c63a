# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Interfaces and instances: attach, detach, delete, stop, terminate."""

from __future__ import annotations

from typing import Any

from ansible_collections.netops.floating_ip.tests.emulator.world import IMAGE


def new_interface(ec2: Any, subnet: str) -> str:
    return str(
        ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    )


def interfaces(ec2: Any, instance: str) -> list[str]:
    found = ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    return [each["NetworkInterfaceId"] for each in found["NetworkInterfaces"]]


def test_an_interface_in_use_is_neither_attached_nor_deleted(
    ec2: Any, world: Any, refused: Any, unchanged: Any
) -> None:
    net = world(azs=1, tables=1)
    taken = {
        "NetworkInterfaceId": net.eni("db-a"),
        "InstanceId": net.targets["db-b"].instance,
        "DeviceIndex": 1,
    }
    unchanged(refused, "InvalidNetworkInterface.InUse", ec2.attach_network_interface, **taken)
    gone = {"NetworkInterfaceId": net.eni("db-a")}
    unchanged(refused, "InvalidParameterValue", ec2.delete_network_interface, **gone)


def test_an_interface_is_attached_in_its_own_zone_only(ec2: Any, world: Any, refused: Any) -> None:
    net = world()
    eni = new_interface(ec2, net.subnets[0])
    wanted = {
        "NetworkInterfaceId": eni,
        "InstanceId": net.targets["db-b"].instance,
        "DeviceIndex": 1,
    }
    refused("InvalidParameterCombination", ec2.attach_network_interface, **wanted)


def test_a_device_index_is_used_once(ec2: Any, world: Any, refused: Any) -> None:
    net = world()
    wanted = {"InstanceId": net.targets["db-a"].instance, "DeviceIndex": 1}
    first, second = (new_interface(ec2, net.subnets[0]) for _each in range(2))
    ec2.attach_network_interface(NetworkInterfaceId=first, **wanted)
    refused(
        "InvalidParameterValue", ec2.attach_network_interface, NetworkInterfaceId=second, **wanted
    )


def test_the_first_interface_is_never_detached(ec2: Any, world: Any, refused: Any) -> None:
    net = world()
    wanted = {"InstanceId": net.targets["db-a"].instance, "DeviceIndex": 1}
    ec2.attach_network_interface(NetworkInterfaceId=new_interface(ec2, net.subnets[0]), **wanted)
    found = ec2.describe_network_interfaces(NetworkInterfaceIds=[net.eni("db-a")])[
        "NetworkInterfaces"
    ][0]
    attachment = found["Attachment"]["AttachmentId"]
    refused("OperationNotPermitted", ec2.detach_network_interface, AttachmentId=attachment)


def test_termination_deletes_what_was_made_at_launch_and_frees_the_rest(
    ec2: Any, world: Any, emulator: Any
) -> None:
    net = world()
    target = net.targets["db-a"]
    eni = new_interface(ec2, net.subnets[0])
    ec2.attach_network_interface(NetworkInterfaceId=eni, InstanceId=target.instance, DeviceIndex=1)
    ec2.terminate_instances(InstanceIds=[target.instance])
    state = emulator.state()
    assert target.eni not in state["network_interfaces"]
    assert target.instance not in state["instances"]
    assert state["network_interfaces"][eni]["status"] == "available"
    assert interfaces(ec2, target.instance) == []
    ec2.delete_network_interface(NetworkInterfaceId=eni)


def test_delete_on_termination_can_be_changed(ec2: Any, world: Any, emulator: Any) -> None:
    net = world()
    found = ec2.describe_network_interfaces(NetworkInterfaceIds=[net.eni("db-a")])[
        "NetworkInterfaces"
    ][0]
    assert found["Attachment"]["DeleteOnTermination"] is True
    wanted = {"AttachmentId": found["Attachment"]["AttachmentId"], "DeleteOnTermination": False}
    ec2.modify_network_interface_attribute(NetworkInterfaceId=net.eni("db-a"), Attachment=wanted)
    ec2.terminate_instances(InstanceIds=[net.targets["db-a"].instance])
    assert emulator.state()["network_interfaces"][net.eni("db-a")]["status"] == "available"


def test_a_terminated_instance_does_not_start_again(ec2: Any, world: Any, refused: Any) -> None:
    gone = {"InstanceIds": [world().targets["db-a"].instance]}
    ec2.terminate_instances(**gone)
    for action in (ec2.start_instances, ec2.stop_instances):
        refused("IncorrectInstanceState", action, **gone)


def test_the_check_of_an_instance_is_that_of_its_interface(
    ec2: Any, world: Any, refused: Any
) -> None:
    net = world(source_dest_check=True)
    target = net.targets["db-a"]
    ec2.modify_instance_attribute(InstanceId=target.instance, SourceDestCheck={"Value": False})
    found = ec2.describe_network_interfaces(NetworkInterfaceIds=[target.eni])["NetworkInterfaces"][
        0
    ]
    assert found["SourceDestCheck"] is False
    found = ec2.describe_instances(InstanceIds=[target.instance])["Reservations"][0]["Instances"][0]
    assert found["SourceDestCheck"] is False
    eni = new_interface(ec2, net.subnets[0])
    ec2.attach_network_interface(NetworkInterfaceId=eni, InstanceId=target.instance, DeviceIndex=1)
    wanted = {"InstanceId": target.instance, "SourceDestCheck": {"Value": True}}
    refused("InvalidInstanceID", ec2.modify_instance_attribute, **wanted)


def test_an_instance_is_in_the_zone_of_the_interface_that_it_was_given(
    ec2: Any, world: Any, refused: Any
) -> None:
    net = world()
    eni = new_interface(ec2, net.subnets[1])
    given = [{"NetworkInterfaceId": eni, "DeviceIndex": 0}]
    run = {"ImageId": IMAGE, "MinCount": 1, "MaxCount": 1, "NetworkInterfaces": given}
    made = ec2.run_instances(**run)["Instances"][0]
    assert made["Placement"]["AvailabilityZone"] == net.zones[1]
    refused("InvalidNetworkInterface.InUse", ec2.run_instances, **run)

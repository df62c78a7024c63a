# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Network interfaces and instances of CloudFormation; see cloudformation.py.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/AWS_EC2.html
"""

from __future__ import annotations

import contextlib
from typing import Any

from botocore.exceptions import ClientError

from .cloudformation import Kind, Properties, define, first, itself, number, only, truth


def _interface(ec2: Any, properties: Properties) -> str:
    wanted = only(properties, "SubnetId", "PrivateIpAddress", "Description", "Ipv6Addresses")
    wanted.update(only(properties, SecondaryPrivateIpAddressCount=number, Ipv6AddressCount=number))
    if "GroupSet" in properties:
        wanted["Groups"] = properties["GroupSet"]
    if "PrivateIpAddresses" in properties:
        several = properties["PrivateIpAddresses"]
        wanted["PrivateIpAddresses"] = [
            only(each, "PrivateIpAddress", Primary=truth) for each in several
        ]
    eni = str(
        first(ec2.create_network_interface(**wanted), "NetworkInterface", "NetworkInterfaceId")
    )
    _set_check(ec2, eni, properties)
    return eni


def _set_check(ec2: Any, eni: str, properties: Properties) -> None:
    if "SourceDestCheck" in properties:
        wanted = {"Value": truth(properties["SourceDestCheck"])}
        ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, SourceDestCheck=wanted)


def _describe_interface(*path: str) -> Any:
    return lambda ec2, eni: first(
        ec2.describe_network_interfaces(NetworkInterfaceIds=[eni]), "NetworkInterfaces", *path
    )


def _attach_interface(ec2: Any, properties: Properties) -> str:
    wanted = only(properties, "InstanceId", "NetworkInterfaceId", DeviceIndex=number)
    attachment = str(ec2.attach_network_interface(**wanted)["AttachmentId"])
    deleted = truth(properties.get("DeleteOnTermination", True))
    ec2.modify_network_interface_attribute(
        NetworkInterfaceId=properties["NetworkInterfaceId"],
        Attachment={"AttachmentId": attachment, "DeleteOnTermination": deleted},
    )
    return attachment


def _detach_interface(ec2: Any, attachment: str, _properties: Properties) -> None:
    with contextlib.suppress(ClientError):  # its instance was terminated first
        ec2.detach_network_interface(AttachmentId=attachment)


def _instance(ec2: Any, properties: Properties) -> str:
    wanted = only(
        properties, "ImageId", "InstanceType", "SubnetId", "PrivateIpAddress", "KeyName", "UserData"
    )
    wanted.update(only(properties, "SecurityGroupIds", "SecurityGroups", Ipv6AddressCount=number))
    wanted.setdefault("InstanceType", "t3.micro")
    if "NetworkInterfaces" in properties:
        wanted["NetworkInterfaces"] = [
            _launch_interface(each) for each in properties["NetworkInterfaces"]
        ]
    made = ec2.run_instances(MinCount=1, MaxCount=1, **wanted)["Instances"][0]
    _set_check(ec2, made["NetworkInterfaces"][0]["NetworkInterfaceId"], properties)
    return str(made["InstanceId"])


def _launch_interface(given: Properties) -> dict[str, Any]:
    found = only(
        given,
        "NetworkInterfaceId",
        "SubnetId",
        "PrivateIpAddress",
        "Description",
        DeviceIndex=number,
    )
    found.update(only(given, DeleteOnTermination=truth, AssociatePublicIpAddress=truth))
    if "GroupSet" in given:
        found["Groups"] = given["GroupSet"]
    return found


def _describe_instance(*path: str) -> Any:
    return lambda ec2, instance: first(
        ec2.describe_instances(InstanceIds=[instance]), "Reservations", "Instances", *path
    )


define(
    "AWS::EC2::NetworkInterface",
    Kind(
        _interface,
        lambda ec2, eni, _properties: ec2.delete_network_interface(NetworkInterfaceId=eni),
        {
            "Id": itself,
            "PrimaryPrivateIpAddress": _describe_interface("PrivateIpAddress"),
            "VpcId": _describe_interface("VpcId"),
        },
    ),
)
define(
    "AWS::EC2::NetworkInterfaceAttachment",
    Kind(_attach_interface, _detach_interface, {"AttachmentId": itself}, tagged=False),
)
define(
    "AWS::EC2::Instance",
    Kind(
        _instance,
        lambda ec2, instance, _properties: ec2.terminate_instances(InstanceIds=[instance]),
        {
            "InstanceId": itself,
            "PrivateIp": _describe_instance("PrivateIpAddress"),
            "PrivateDnsName": _describe_instance("PrivateDnsName"),
            "AvailabilityZone": _describe_instance("Placement", "AvailabilityZone"),
            "VpcId": _describe_instance("VpcId"),
        },
    ),
)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""VPCs and subnets."""

from __future__ import annotations

from typing import Any

import moto.cloudformation.parsing
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.subnets import SubnetBackend
from moto.ec2.models.vpcs import VPC
from moto.ec2.responses.subnets import Subnets

from .patch import corrects


@corrects(VPC, "get_cidr_block_association_set")
def get_cidr_block_association_set(
    moto_set: Any, self: Any, ipv6: bool = False
) -> list[dict[str, Any]]:
    """A block that was disassociated is none of the VPC's any more; moto goes on to show it.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateVpcCidrBlock.html
    """
    return [
        each
        for each in moto_set(self, ipv6)
        if each["cidr_block_state"]["state"] != "disassociated"
    ]


@corrects(Subnets, "create_subnet")
def create_subnet(moto_create: Any, self: Any) -> Any:
    """The zone is one of the Region's; moto takes those of any Region.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html (AvailabilityZone)
    """
    zone = self._get_param("AvailabilityZone")
    if zone and not zone.startswith(self.region):
        sentence = (
            f"Value ({zone}) for parameter availabilityZone is invalid. It is not a zone "
            f"of {self.region}."
        )
        raise EC2ClientError("InvalidParameterValue", sentence)
    return moto_create(self)


@corrects(SubnetBackend, "delete_subnet")
def delete_subnet(moto_delete: Any, self: Any, subnet_id: str) -> Any:
    """Not while an interface is in it: DependencyViolation. Its route table association goes with
    it.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html ("You must
    terminate all running instances in the subnet before you can delete the subnet").
    """
    if any(eni.subnet.id == subnet_id for eni in self.enis.values()):
        sentence = f"The subnet '{subnet_id}' has dependencies and cannot be deleted."
        raise EC2ClientError("DependencyViolation", sentence)
    for table in self.route_tables.values():
        kept = {key: other for key, other in table._associations.items() if other != subnet_id}
        table._associations = kept
    return moto_delete(self, subnet_id)


@corrects(moto.cloudformation.parsing, "clean_json")
def clean_json(moto_clean: Any, json: Any, resources: Any) -> Any:
    """Fn::GetAZs of an empty string means the stack's own Region; for moto it is us-east-1.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getavailabilityzones.html
    """
    if isinstance(json, dict) and json.get("Fn::GetAZs") == "":
        json = {"Fn::GetAZs": resources["AWS::Region"]}
    return moto_clean(json, resources)

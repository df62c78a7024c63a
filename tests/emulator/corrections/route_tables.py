# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Route tables and what they are associated with."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.route_tables import RouteBackend, RouteTable
from moto.ec2.responses.route_tables import RouteTables
from moto.ec2.utils import random_subnet_association_id

from .patch import corrects, corrects_property


@corrects(RouteBackend, "associate_route_table")
def associate_route_table(
    _moto: Any, self: Any, route_table_id: str, gateway_id: Any = None, subnet_id: Any = None
) -> str:
    """A subnet or gateway has one table, of its own VPC. moto returns another table's association
    as success.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html;
    Resource.AlreadyAssociated is in .../APIReference/errors-overview.html.
    """
    table = self.get_route_table(route_table_id)
    other = subnet_id or gateway_id
    for each in self.route_tables.values():
        for association, associated in each._associations.items():
            if associated == other and each is table:
                return str(association)
            if associated == other:
                sentence = (
                    f"the specified association for route table {table.id} conflicts with "
                    "an existing association"
                )
                raise EC2ClientError("Resource.AlreadyAssociated", sentence)
    if _vpc_of(self, subnet_id, gateway_id) != table.vpc_id:
        kind = "subnet" if subnet_id else "network gateway"
        sentence = f"Route table {table.id} and {kind} {other} belong to different networks"
        raise EC2ClientError("InvalidParameterValue", sentence)
    association = random_subnet_association_id()
    table._associations[association] = other
    return str(association)


def _vpc_of(backend: Any, subnet_id: Any, gateway_id: Any) -> Any:
    if subnet_id:
        return backend.get_subnet(subnet_id).vpc_id
    if gateway_id.startswith("vgw-"):
        gateway = backend.get_vpn_gateway(gateway_id)
        return next(iter(gateway.attachments), None)
    gateway = backend.get_internet_gateway(gateway_id)
    return gateway.vpc.id if gateway.vpc else None


@corrects(RouteBackend, "disassociate_route_table")
def disassociate_route_table(moto: Any, self: Any, association_id: str) -> Any:
    """The main association stays; it can only be replaced.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateRouteTable.html
    """
    if any(table.main_association_id == association_id for table in self.route_tables.values()):
        sentence = f"cannot disassociate the main route table association {association_id}"
        raise EC2ClientError("InvalidParameterValue", sentence)
    return moto(self, association_id)


@corrects(RouteTables, "delete_route_table")
def delete_route_table(moto: Any, self: Any) -> Any:
    """The main table stays until its VPC goes: DependencyViolation.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRouteTable.html
    """
    table = self.ec2_backend.get_route_table(self._get_param("RouteTableId"))
    if table.main_association_id is not None:
        sentence = f"The routeTable '{table.id}' has dependencies and cannot be deleted."
        raise EC2ClientError("DependencyViolation", sentence)
    return moto(self)


@corrects_property(RouteTable, "associations")
def associations(self: Any) -> list[dict[str, Any]]:
    """Gateway associations show as GatewayId: of virtual private gateways too, which moto leaves
    out.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTableAssociation.html
    """
    found = [] if self.main_association_id is None else [(self.main_association_id, None)]
    found += self._associations.items()
    result = []
    for association, other in found:
        item = {
            "RouteTableAssociationId": association,
            "RouteTableId": self.id,
            "Main": other is None,
            "AssociationState": {"State": "associated"},
        }
        if other is not None:
            item["SubnetId" if other.startswith("subnet-") else "GatewayId"] = other
        result.append(item)
    return result

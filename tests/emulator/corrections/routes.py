# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""CreateRoute, ReplaceRoute, DeleteRoute: what AWS checks before it changes anything."""

from __future__ import annotations

from typing import Any

from moto.core.responses import EmptyResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.route_tables import RouteTables

from ..records import destination_of
from .patch import corrects
from .route_checks import checked, destination_of_request


@corrects(RouteTables, "create_route")
def create_route(moto: Any, self: Any) -> Any:
    """RouteAlreadyExists whatever the target is; moto overwrites routes to interfaces and IPv6
    routes.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html: exactly one
    target; the destination takes its canonical form. RouteAlreadyExists is in
    .../APIReference/errors-overview.html.
    """
    table = self.ec2_backend.get_route_table(self._get_param("RouteTableId"))
    destination = checked(self, table)
    if any(destination_of(route) == destination for route in table.routes):
        raise EC2ClientError(
            "RouteAlreadyExists", f"The route identified by {destination} already exists."
        )
    reply = moto(self)
    nameless = table._routes.pop(
        f"{table.id}~None", None
    )  # moto forgets a prefix list beside an interface
    if nameless is not None:
        nameless.destination_prefix_list = self.ec2_backend.managed_prefix_lists[destination]
        nameless.id = f"{table.id}~{destination}"
        table._routes[nameless.id] = nameless
    return reply


@corrects(RouteTables, "replace_route")
def replace_route(moto: Any, self: Any) -> Any:
    """An absent destination is InvalidParameterValue, as seen on AWS (moto's pull request 6425
    tells how).

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRoute.html: exactly one
    target, which replaces any other kind of target (moto keeps carrier gateways and endpoints).
    The target of a local route can be replaced, and restored by LocalTarget.
    """
    table = self.ec2_backend.get_route_table(self._get_param("RouteTableId"))
    if self._get_bool_param("LocalTarget", False):
        return _restore(self, table)
    destination = checked(self, table)
    route = next((each for each in table.routes if destination_of(each) == destination), None)
    if route is None:
        sentence = (
            f"There is no route defined for '{destination}' in the route table. Use "
            "CreateRoute instead."
        )
        raise EC2ClientError("InvalidParameterValue", sentence)
    route.came_with_table = route.local or getattr(route, "came_with_table", False)
    reply = moto(self)
    route.carrier_gateway = route.vpc_endpoint_id = None
    route.local = False
    return reply


def _restore(self: Any, table: Any) -> Any:
    """Give a local route its own target back."""
    destination = destination_of_request(self)
    for route in table.routes:
        if destination_of(route) == destination and route.origin == "CreateRouteTable":
            route.local, route.interface, route.instance, route.nat_gateway = True, None, None, None
            return EmptyResult()
    sentence = f"There is no local route '{destination}' in the route table."
    raise EC2ClientError("InvalidParameterValue", sentence)


@corrects(RouteTables, "delete_route")
def delete_route(_moto: Any, self: Any) -> Any:
    """An absent destination is InvalidRoute.NotFound; a local route stays.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRoute.html and
    errors-overview.html.
    """
    table = self.ec2_backend.get_route_table(self._get_param("RouteTableId"))
    destination = destination_of_request(self)
    route = next((each for each in table.routes if destination_of(each) == destination), None)
    if route is None:
        sentence = f"no route with destination-cidr-block {destination} in route table {table.id}"
        raise EC2ClientError("InvalidRoute.NotFound", sentence)
    if route.local:
        sentence = f"cannot remove local route {destination} in route table {table.id}"
        raise EC2ClientError("InvalidParameterValue", sentence)
    table._routes = {key: each for key, each in table._routes.items() if each is not route}
    return EmptyResult()

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state of a route follows its target."""

from __future__ import annotations

from typing import Any, Optional

from moto.ec2.models.route_tables import Route

from ..stage import STAGE
from .patch import corrects_property

_GONE = ("terminated", "shutting-down")
_STOPPED = ("stopped", "stopping")


@corrects_property(Route, "state")
def state(self: Any) -> str:
    """Blackhole when the target is gone: interface detached or deleted, instance terminated,
    gateway detached.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html: "blackhole indicates
    that the route's target isn't available (for example, the specified gateway isn't attached to
    the VPC, or the specified NAT instance has been terminated)". A stopped instance shows it too
    (fortinet issue 10): the setting `stopped_is_blackhole` says otherwise.
    """
    backend = self.route_table.ec2_backend
    if self.interface is not None:
        return "active" if _carries(backend, self.interface) else "blackhole"
    if self.gateway is not None and self.gateway.id.startswith("igw-"):
        attached = self.gateway.id in backend.internet_gateways and self.gateway.vpc is not None
        return "active" if attached else "blackhole"
    if self.nat_gateway is not None:
        return "active" if self.nat_gateway.id in backend.nat_gateways else "blackhole"
    return "active"


def _carries(backend: Any, interface: Any) -> bool:
    eni = backend.enis.get(interface.id)
    if eni is None or eni.instance is None or eni.instance.state in _GONE:
        return False
    return not (STAGE.settings.stopped_is_blackhole and eni.instance.state in _STOPPED)


@corrects_property(Route, "instance_id")
def instance_id(self: Any) -> Optional[str]:
    """The instance of the interface shows beside it; moto shows only one that was asked for by id.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html (instanceId).
    """
    if self.interface is None:
        return self.instance.id if self.instance else None
    eni = self.route_table.ec2_backend.enis.get(self.interface.id)
    return eni.instance.id if eni is not None and eni.instance else None


@corrects_property(Route, "origin")
def origin(self: Any) -> str:
    """The local routes come with the table, also where their target was replaced; all others are
    CreateRoute.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html (origin).
    """
    return "CreateRouteTable" if getattr(self, "came_with_table", self.local) else "CreateRoute"

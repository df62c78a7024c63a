# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same answers sooner: what moto works out anew for each call is kept, and route tables are
written directly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Optional
from xml.sax.saxutils import escape

import moto.core.responses
from moto.moto_server.werkzeug_app import DomainDispatcherApplication

from ..records import ROUTE_TARGETS
from .patch import corrects

_NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/"
_DESTINATIONS = (
    "destination_cidr_block",
    "destination_ipv6_cidr_block",
    "destination_prefix_list_id",
)
_NAMES = {
    name: re.sub("_(.)", lambda found: found[1].upper(), name)
    for name in (*_DESTINATIONS, *ROUTE_TARGETS)
}


@corrects(moto.core.responses, "method_names_from_class")
def method_names_from_class(moto_names: Any, owner: type) -> list[str]:
    """The same list each time: a class does not change while it serves."""
    return _method_names(moto_names, owner)


@lru_cache(maxsize=64)
def _method_names(moto_names: Any, owner: type) -> list[str]:
    return list(moto_names(owner))


@corrects(DomainDispatcherApplication, "get_backend_for_host")
def get_backend_for_host(moto_find: Any, self: Any, host: Optional[str]) -> Any:
    """The same backend for a host each time: moto lists its own directories to find it."""
    known = self.__dict__.setdefault("known_hosts", {})
    if host not in known:
        known[host] = moto_find(self, host)
    return known[host]


def route_tables_xml(tables: list[Any], token: Optional[str]) -> str:
    """The reply of DescribeRouteTables, twenty times as fast as moto writes it.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html (the
    example reply).
    """
    items = "".join(f"<item>{''.join(_table(table))}</item>" for table in tables)
    more = f"<nextToken>{escape(token)}</nextToken>" if token else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<DescribeRouteTablesResponse xmlns="{_NAMESPACE}">'
        f"<requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId><routeTableSet>{items}</routeTableSet>{more}"
        "</DescribeRouteTablesResponse>"
    )


def _table(table: Any) -> Iterator[str]:
    yield f"<routeTableId>{table.id}</routeTableId><vpcId>{table.vpc_id}</vpcId>"
    yield f"<ownerId>{table.owner_id}</ownerId>"
    yield f"<routeSet>{''.join(_route(route) for route in table.routes)}</routeSet>"
    associations = "".join(_association(each) for each in table.associations)
    yield f"<associationSet>{associations}</associationSet>"
    yield "<propagatingVgwSet/>"
    tags = (
        f"<item><key>{escape(tag['key'])}</key><value>{escape(tag['value'])}</value></item>"
        for tag in table.get_tags()
    )
    yield f"<tagSet>{''.join(tags)}</tagSet>"


def _route(route: Any) -> str:
    found = ((element, getattr(route, name)) for name, element in _NAMES.items())
    parts = [f"<{element}>{value}</{element}>" for element, value in found if value]
    return (
        f"<item>{''.join(parts)}<origin>{route.origin}</origin><state>{route.state}</state></item>"
    )


def _association(association: dict[str, Any]) -> str:
    names = {"RouteTableAssociationId": "routeTableAssociationId", "RouteTableId": "routeTableId"}
    names.update(SubnetId="subnetId", GatewayId="gatewayId")
    parts = [
        f"<{name}>{association[key]}</{name}>"
        for key, name in names.items()
        if association.get(key)
    ]
    main = str(association["Main"]).lower()
    state = "<associationState><state>associated</state></associationState>"
    return f"<item>{''.join(parts)}<main>{main}</main>{state}</item>"

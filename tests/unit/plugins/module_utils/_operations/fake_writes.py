# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The calls of `FakeEc2` that change its cells: pure functions, in EC2's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations import (
    fake_marks as marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_marks import (  # noqa: E501 - the path of a module
    Changes,
    Key,
    Params,
    State,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_network import (  # noqa: E501 - the path of a module
    Network,
)

Refusal = tuple[str, str]  # an error code and its message


def keys_of(net: Network, params: Params) -> tuple[Key, ...]:
    """The keys that a write is about."""
    if "Tags" in params or "SourceDestCheck" in params:
        return marks.keys_of(params)
    if "InstanceIds" in params:
        return (_power(params),)
    return (key_of(net, params),)


def _power(params: Params) -> Key:
    """An instance is not written of as long as it runs."""
    return "power", params["InstanceIds"][0]


def _start(_net: Network, _state: State, params: Params) -> Changes | Refusal:
    return {_power(params): None}


def _stop(_net: Network, _state: State, params: Params) -> Changes | Refusal:
    return {_power(params): "stopped"}


def key_of(net: Network, params: Params) -> Key:
    """The cell that a write is about; an address's subnet is that of its interface."""
    if "RouteTableId" in params:
        return params["RouteTableId"], _cidr(params)
    eni = net.eni(params["NetworkInterfaceId"])
    return eni.subnet if eni else "", params["PrivateIpAddresses"][0]


def _cidr(params: Params) -> str:
    return str(params.get("DestinationCidrBlock") or params["DestinationIpv6CidrBlock"])


def _replace_route(net: Network, state: State, params: Params) -> Changes | Refusal:
    key = key_of(net, params)
    missing = _missing(net, params)
    if missing:
        return missing
    if key not in state:
        text = f"There is no route defined for '{key[1]}' in the route table. Use CreateRoute"
        return "InvalidParameterValue", text
    return {key: params["NetworkInterfaceId"]}


def _create_route(net: Network, state: State, params: Params) -> Changes | Refusal:
    key = key_of(net, params)
    missing = _missing(net, params)
    if missing:
        return missing
    if key in state:
        return "RouteAlreadyExists", f"The route identified by {key[1]} already exists."
    return {key: params["NetworkInterfaceId"]}


def _delete_route(net: Network, state: State, params: Params) -> Changes | Refusal:
    key = key_of(net, params)
    if key not in state:
        return "InvalidRoute.NotFound", f"no route with destination-cidr-block {key[1]}"
    return {key: None}


def _assign(net: Network, state: State, params: Params) -> Changes | Refusal:
    missing = _missing(net, params)
    if missing:
        return missing
    eni = net.eni(params["NetworkInterfaceId"])
    if eni is None or not params.get("AllowReassignment"):
        return "InvalidParameterValue", "Address is in use."
    return {(eni.subnet, address): eni.id for address in params["PrivateIpAddresses"]}


def _unassign(net: Network, state: State, params: Params) -> Changes | Refusal:
    eni = net.eni(params["NetworkInterfaceId"])
    if eni is None:
        return _no_interface(params["NetworkInterfaceId"])
    keys: Iterable[Key] = [(eni.subnet, address) for address in params["PrivateIpAddresses"]]
    if any(state.get(key) != eni.id for key in keys):
        text = f"Some of the specified addresses are not assigned to interface {eni.id}"
        return "InvalidParameterValue", text
    return dict.fromkeys(keys)


def _missing(net: Network, params: Params) -> Refusal | None:
    table, eni = params.get("RouteTableId"), params["NetworkInterfaceId"]
    if table is not None and table not in {one.id for one in net.tables}:
        return "InvalidRouteTableID.NotFound", f"The routeTable ID '{table}' does not exist"
    return None if net.eni(eni) else _no_interface(eni)


def _no_interface(eni: str) -> Refusal:
    return "InvalidNetworkInterfaceID.NotFound", f"The networkInterface ID '{eni}' does not exist"


WRITES: Mapping[str, Callable[[Network, State, Params], Changes | Refusal]] = {
    "replace_route": _replace_route,
    "create_route": _create_route,
    "delete_route": _delete_route,
    "assign_private_ip_addresses": _assign,
    "unassign_private_ip_addresses": _unassign,
    "start_instances": _start,
    "stop_instances": _stop,
    **marks.WRITES,
}

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Describes that lag: routes and interfaces as they were a while ago.

https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html: "the result of an API
command you run ... might not be immediately visible to all subsequent commands". Off by default
(`lag_seconds`).
"""

from __future__ import annotations

import copy
import time
from types import SimpleNamespace
from typing import Any

from ..records import ROUTE_TARGETS, Facts
from ..stage import STAGE


def seen(backend: Any, things: list[Any]) -> list[Any]:
    """The objects as a describe shows them now: themselves, or what they were `lag_seconds` ago."""
    lag = STAGE.settings.lag_seconds
    if lag <= 0:
        return things
    region = STAGE.journal.region(backend)
    moment = time.monotonic() - lag
    return [_view(region, thing, moment) for thing in things]


def _view(region: Any, thing: Any, moment: float) -> Any:
    if thing.id.startswith("i-"):
        return _InstanceView(region, thing, moment)
    facts = region.at(thing.id, moment)
    if not facts or facts is region.facts.get(thing.id):
        return thing
    return (
        _table(thing, facts)
        if thing.id.startswith("rtb-")
        else _interface(region.backend, thing, facts)
    )


def _table(table: Any, facts: Facts) -> Any:
    view = copy.copy(table)
    view._routes = {
        sub: _route(sub, value) for (kind, sub), value in facts.items() if kind == "route"
    }
    return view


def _route(destination: str, value: dict[str, Any]) -> Any:
    kinds = dict.fromkeys(
        ("destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id")
    )
    kind = "ipv6_cidr_block" if ":" in destination else "cidr_block"
    kinds[
        "destination_prefix_list_id" if destination.startswith("pl-") else f"destination_{kind}"
    ] = destination
    return SimpleNamespace(**{**dict.fromkeys(ROUTE_TARGETS), **kinds, **value})


def _interface(backend: Any, eni: Any, facts: Facts) -> Any:
    view = copy.copy(eni)
    addresses = [(sub, value) for (kind, sub), value in facts.items() if kind == "address"]
    view.private_ip_addresses = [
        {"PrivateIpAddress": address, "Primary": value["primary"]}
        for address, value in addresses
        if ":" not in address
    ]
    view.ipv6_addresses = [address for address, _prefix in addresses if ":" in address]
    known = facts["interface", ""]
    view.source_dest_check, view.status = known["source_dest_check"], known["status"]
    view.attachment_id, view.device_index = known["attachment"], known["device_index"]
    view.instance = backend.get_instance_by_id(known["instance"]) if known["instance"] else None
    if view.instance is not None and view.attach_time is None:
        view.attach_time = view.instance.launch_time
    return view


class _InstanceView:
    """An instance with its interfaces as they were. No copy: moto frees the addresses of dying
    instances.
    """

    def __init__(self, region: Any, instance: Any, moment: float) -> None:
        self._instance = instance
        self.nics = {index: _view(region, eni, moment) for index, eni in instance.nics.items()}

    @property
    def network_interfaces(self) -> list[Any]:
        return [] if self._instance.state == "terminated" else list(self.nics.values())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._instance, name)

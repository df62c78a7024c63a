# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Resolve targets: from the interface ids and instance ids of a definition to what AWS has."""

from __future__ import annotations

from collections.abc import Sequence

from .._definition.model import Target
from .cells import Place
from .network import Interface


def places(targets: Sequence[Target], interfaces: Sequence[Interface]) -> tuple[Place, ...]:
    """Each target's place, in the definition's order; one that is not found carries an error."""
    return tuple(_place(target, interfaces) for target in targets)


def _place(target: Target, interfaces: Sequence[Interface]) -> Place:
    found = _candidates(target, interfaces)
    if len(found) == 1:
        one = found[0]
        return Place(target.name, one.id, one.instance, one.primary_address)
    return Place(target.name, instance=target.instance_id, error=_problem(target, found))


def _candidates(target: Target, interfaces: Sequence[Interface]) -> list[Interface]:
    if target.network_interface_id is not None:
        return [one for one in interfaces if one.id == target.network_interface_id]
    attached = [one for one in interfaces if one.instance == target.instance_id]
    if target.device_index is None:
        return attached
    return [one for one in attached if one.device_index == target.device_index]


def _problem(target: Target, found: Sequence[Interface]) -> str:
    if target.network_interface_id is not None:
        return (
            f"Target {target.name}: network interface {target.network_interface_id} does not exist "
            "in this account and Region; correct network_interface_id."
        )
    if len(found) > 1:
        ids = ", ".join(f"{one.device_index}: {one.id}" for one in found)
        return (
            f"Target {target.name}: instance {target.instance_id} has several interfaces ({ids}); "
            "set device_index or network_interface_id."
        )
    at = "" if target.device_index is None else f" at device index {target.device_index}"
    return (
        f"Target {target.name}: instance {target.instance_id} has no interface{at}; it does not "
        "exist, is terminated, or lives in another Region."
    )

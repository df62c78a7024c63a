# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Make the one change that a `Change` asks for, or ask AWS whether it would be allowed.

ReplaceRoute has no condition: whoever writes last wins. Whether `before` still holds is for the
caller to check, right before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

from .._definition.model import ROUTE, destination
from .._engine.change import Change, Failure
from .calls import Ec2
from .errors import AwsError

_PASSING = frozenset((Failure.THROTTLED, Failure.UNSENT, Failure.LOST))


def apply(ec2: Ec2, change: Change, deadline: float) -> None:
    """Make the change; raises `AwsError`. LOST: it may have been made, so read before more."""
    operation, params = request_of(change)
    ec2.call(operation, deadline, **params)


def can_apply(ec2: Ec2, change: Change, deadline: float) -> Optional[str]:
    """None where these credentials may make the change, else a sentence. Changes nothing.

    Raises `AwsError` only where AWS could not be asked: throttled, not sent, no answer.
    """
    operation, params = request_of(change)
    return _rehearsed(ec2, operation, deadline, params)


def start(ec2: Ec2, instance: str, deadline: float) -> None:
    """Start an instance; one that runs stays as it is. `AwsError`, also while it is stopping."""
    ec2.call("start_instances", deadline, InstanceIds=[instance])


def stop(ec2: Ec2, instance: str, deadline: float) -> None:
    """Stop an instance, and do not wait for that. Raises `AwsError`."""
    ec2.call("stop_instances", deadline, InstanceIds=[instance])


def can_start(ec2: Ec2, instance: str, deadline: float) -> Optional[str]:
    """As `can_apply`, for `start`."""
    return _rehearsed(ec2, "start_instances", deadline, {"InstanceIds": [instance]})


def can_stop(ec2: Ec2, instance: str, deadline: float) -> Optional[str]:
    """As `can_apply`, for `stop`."""
    return _rehearsed(ec2, "stop_instances", deadline, {"InstanceIds": [instance]})


def _rehearsed(
    ec2: Ec2, operation: str, deadline: float, params: Mapping[str, Any]
) -> Optional[str]:
    try:
        ec2.call(operation, deadline, DryRun=True, **params)
    except AwsError as error:
        if error.failure in _PASSING:
            raise
        return None if error.code == "DryRunOperation" else str(error)
    return None


def request_of(change: Change) -> tuple[str, Mapping[str, Any]]:
    """The client's method and its parameters for a change."""
    if change.before is None and change.after is None:
        raise ValueError(f"Nothing to change in {change.cell.id}: it is absent and shall be.")
    return _route_request(change) if change.cell.kind == ROUTE else _address_request(change)


def _route_request(change: Change) -> tuple[str, Mapping[str, Any]]:
    block = destination(change.cell.address)
    key = "DestinationIpv6CidrBlock" if ":" in block else "DestinationCidrBlock"
    where = {"RouteTableId": change.cell.id, key: block}
    if change.after is None:
        return "delete_route", where
    operation = "create_route" if change.before is None else "replace_route"
    return operation, {**where, "NetworkInterfaceId": change.after}


def _address_request(change: Change) -> tuple[str, Mapping[str, Any]]:
    addresses = [change.cell.address]
    if change.after is None:
        return "unassign_private_ip_addresses", {
            "NetworkInterfaceId": change.before,
            "PrivateIpAddresses": addresses,
        }
    return "assign_private_ip_addresses", {
        "NetworkInterfaceId": change.after,
        "PrivateIpAddresses": addresses,
        "AllowReassignment": True,
    }

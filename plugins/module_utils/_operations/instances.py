# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Instances, as drills stop them and start them again. Each returns a sentence where it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from .._aws import writes
from .._aws.calls import Ec2
from .._aws.errors import AwsError
from .._definition.model import FloatingIp
from .edge import LOOK_TIMEOUT, Edge


def start(edge: Edge, definition: FloatingIp, instance: str) -> Optional[str]:
    return _tried(edge, definition, instance, writes.start)


def stop(edge: Edge, definition: FloatingIp, instance: str) -> Optional[str]:
    return _tried(edge, definition, instance, writes.stop)


def forbidden(
    edge: Edge, definition: FloatingIp, instance: str, *, stops: bool = True
) -> Optional[str]:
    """Why this host may not start the instance, nor stop it if it `stops`. Changes nothing."""
    problem = _tried(edge, definition, instance, writes.can_start)
    if problem is None and stops:
        problem = _tried(edge, definition, instance, writes.can_stop)
    return problem


def _tried(
    edge: Edge,
    definition: FloatingIp,
    instance: str,
    call: Callable[[Ec2, str, float], Optional[str]],
) -> Optional[str]:
    try:
        return call(edge.ec2_for(definition.aws), instance, edge.clock() + LOOK_TIMEOUT)
    except AwsError as error:
        return str(error)

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Instances, as drills stop them and start them again. Each returns a sentence where it fails."""

from __future__ import annotations

from typing import Optional

from .._aws import writes
from .._aws.errors import AwsError
from .._definition.model import FloatingIp
from .edge import LOOK_TIMEOUT, Edge


def start(edge: Edge, definition: FloatingIp, instance: str) -> Optional[str]:
    try:
        ec2 = edge.ec2_for(definition.aws)
        writes.start(ec2, instance, edge.clock() + LOOK_TIMEOUT)
    except AwsError as error:
        return str(error)
    return None


def stop(edge: Edge, definition: FloatingIp, instance: str) -> Optional[str]:
    try:
        ec2 = edge.ec2_for(definition.aws)
        writes.stop(ec2, instance, edge.clock() + LOOK_TIMEOUT)
    except AwsError as error:
        return str(error)
    return None


def forbidden(
    edge: Edge, definition: FloatingIp, instance: str, *, stops: bool = True
) -> Optional[str]:
    """Why this host may not start the instance, nor stop it if it `stops`. Changes nothing."""
    try:
        ec2 = edge.ec2_for(definition.aws)
        problem = writes.can_start(ec2, instance, edge.clock() + LOOK_TIMEOUT)
        if problem is None and stops:
            problem = writes.can_stop(ec2, instance, edge.clock() + LOOK_TIMEOUT)
    except AwsError as error:
        return str(error)
    return problem

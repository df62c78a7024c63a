# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The AWS calls of a module that writes, in plain values: what a drill's timeline shows."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Any

from .._aws.calls import CallRecord, Ec2
from .._definition.model import Aws
from .._operations.edge import Edge
from .._report.event import utc


@dataclass
class Calls:
    """Collects from any thread. Times are by the wall clock, for people."""

    made: list[dict[str, Any]] = field(default_factory=list)

    def watched(self, edge: Edge) -> Edge:
        """The same edge, whose calls are collected here from now on."""

        def ec2_for(aws: Aws) -> Ec2:
            ec2 = edge.ec2_for(aws)
            ec2.on_call = self._add
            return ec2

        return replace(edge, ec2_for=ec2_for)

    def told(self) -> list[dict[str, Any]]:
        """The calls so far, in the order in which they ended."""
        return list(self.made)

    def _add(self, call: CallRecord) -> None:
        self.made.append(
            {
                "operation": call.operation,
                "resource": call.resource,
                "time": utc(time.time()),
                "milliseconds": round(call.seconds * 1000, 1),
                "outcome": call.error or "ok",
            }
        )

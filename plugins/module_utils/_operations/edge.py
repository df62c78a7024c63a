# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What operations touch: AWS by endpoint, and a clock. Tests hand in fakes of both."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .._aws.calls import Ec2
from .._definition.model import Aws, FloatingIp

LOOK_TIMEOUT = 10.0  # seconds: a look that takes longer is no look
T = TypeVar("T")


@dataclass(frozen=True)
class Edge:
    """`ec2_for` gives the client of one account and Region; `clock` is monotonic seconds."""

    ec2_for: Callable[[Aws], Ec2]
    clock: Callable[[], float] = time.monotonic


def by_endpoint(definitions: Iterable[FloatingIp]) -> Mapping[Aws, Sequence[FloatingIp]]:
    """Definitions that one client serves, so that one call can read for all of them."""
    groups: dict[Aws, list[FloatingIp]] = {}
    for definition in definitions:
        groups.setdefault(definition.aws, []).append(definition)
    return groups


def unique(values: Iterable[T]) -> tuple[T, ...]:
    """The values without repetition, in their first order."""
    return tuple(dict.fromkeys(values))

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Token buckets per account, Region and API.

The sizes are those of https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
(request token bucket sizes and refill rates). Each API has a bucket of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

from .call import Call


@dataclass(frozen=True)
class Size:
    tokens: float
    refill: float  # tokens a second


UNFILTERED = Size(50, 10)
_UNFILTERED = re.compile(r"Describe(NetworkInterfaces|Instances|InstanceStatus|Snapshots|Volumes)")
_NARROWED = re.compile(
    r"(Filter|MaxResults|NextToken|InstanceId|NetworkInterfaceId|VolumeId|SnapshotId)\b"
)
SIZES: tuple[tuple[str, Size], ...] = (
    (r"(Create|Modify)VpcEndpoint", Size(4, 0.3)),
    (r"StartInstances", Size(5, 2)),
    (r"RunInstances", Size(5, 2)),
    (r"TerminateInstances", Size(100, 5)),
    (r"(Create|Delete)Tags", Size(100, 10)),
    (r"(Una|A)ssign(PrivateIp|Ipv6)Addresses", Size(100, 5)),
    (r"(Create|Delete)NetworkInterface|ModifyNetworkInterfaceAttribute", Size(100, 5)),
    (r"(Describe|Get|List|Search).*", Size(100, 20)),
    (r".*", Size(50, 5)),
)


def size_of(call: Call, overrides: Mapping[str, Size]) -> Size:
    """The bucket of a call: a setting's pattern first, then the documented table."""
    for pattern, size in overrides.items():
        if re.fullmatch(pattern, call.action):
            return size
    if _UNFILTERED.fullmatch(call.action) and not any(map(_NARROWED.match, call.params)):
        return UNFILTERED
    return next(size for pattern, size in SIZES if re.fullmatch(pattern, call.action))


class Buckets:
    """Not thread-safe: the gateway holds its lock."""

    def __init__(self) -> None:
        self._levels: dict[tuple[str, ...], tuple[float, float]] = {}

    def take(self, call: Call, account: str, size: Size, now: float) -> bool:
        """Take a token; False if the bucket is empty. A refused call takes none."""
        kind = "unfiltered" if size is UNFILTERED else ""
        key = (account, call.region, call.action, kind)
        level, at = self._levels.get(key, (size.tokens, now))
        level = min(size.tokens, level + (now - at) * size.refill)
        taken = level >= 1
        self._levels[key] = (level - 1 if taken else level, now)
        return taken

    def level(self, account: str, region: str, action: str) -> Optional[float]:
        found = self._levels.get((account, region, action, ""))
        return found[0] if found else None

    def clear(self) -> None:
        self._levels.clear()

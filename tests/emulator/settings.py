# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What AWS adds to a bare API, all of it off by default."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Optional

from .buckets import Size


@dataclass(frozen=True)
class Settings:
    throttling: bool = False  # token buckets
    buckets: Mapping[str, Size] = field(
        default_factory=dict
    )  # action pattern: size; before the documented ones
    lag_seconds: float = 0.0  # describes show routes and interfaces as they were this long ago
    latency_seconds: Mapping[str, float] = field(
        default_factory=dict
    )  # action pattern: the round trip
    handshake_seconds: float = 0.0  # before the first reply on each connection
    max_skew_seconds: Optional[float] = None  # refuse signatures this far from our clock (AWS: 300)
    stopped_is_blackhole: bool = True  # routes to interfaces of a stopped instance
    page_size: int = 100  # items of a describe page without MaxResults

    def latency(self, action: str) -> float:
        for pattern, seconds in self.latency_seconds.items():
            if re.fullmatch(pattern, action):
                return seconds
        return 0.0


def changed(settings: Settings, raw: Mapping[str, Any]) -> Settings:
    """The settings with some keys set anew; null gives a key's default back. ValueError says what
    is wrong.
    """
    names = {each.name for each in fields(Settings)}
    unknown = sorted(set(raw) - names)
    if unknown:
        raise ValueError(f"Unknown settings {unknown}; use {sorted(names)}.")
    values = {
        key: getattr(Settings(), key) if value is None else value for key, value in raw.items()
    }
    if "buckets" in values:
        values["buckets"] = {key: _size(value) for key, value in values["buckets"].items()}
    for pattern in (*values.get("buckets", {}), *values.get("latency_seconds", {})):
        re.compile(pattern)
    return replace(settings, **values)


def _size(value: Any) -> Size:
    if isinstance(value, Size):
        return value
    tokens, refill = value
    return Size(float(tokens), float(refill))


def as_dict(settings: Settings) -> dict[str, Any]:
    values = asdict(settings)
    values["buckets"] = {key: [size.tokens, size.refill] for key, size in settings.buckets.items()}
    return values

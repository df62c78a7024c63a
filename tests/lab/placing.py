# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts and clients where a world of the emulator has put them."""

from __future__ import annotations

from typing import Any

from ..emulator.world import World
from .plan import HostPlan, mac_of

_PREFIX = 24  # of every subnet that world.py makes


def plan_of(world: World, name: str, **more: Any) -> HostPlan:
    """The plan of one of the world's targets; `more` are further keys of a HostPlan."""
    placed = world.targets[name]
    return HostPlan(
        name,
        f"{placed.address}/{_PREFIX}",
        address6=f"{placed.ipv6}/128" if placed.ipv6 else "",
        instance_id=placed.instance,
        interfaces={placed.eni: mac_of(name)},
        **more,
    )

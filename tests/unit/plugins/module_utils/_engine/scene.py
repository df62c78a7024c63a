# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a world is made of: definitions, looks, and targets that follow a script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
    Policy,
    Probe,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import (
    Cell,
    Look,
    Place,
    Reading,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence

ADDRESS = "100.64.10.10"
STRANGER_ID = "eni-stranger"
MARKS = {
    "+": Evidence.PASSED,
    "x": Evidence.REFUSED,
    "!": Evidence.WRONG,
    "-": Evidence.TIMEOUT,
    "?": Evidence.UNKNOWN,
}
START = 1000.0  # a boot long ago: moments before the start are positive too


def definition(
    targets: str = "ab", probe: Probe | None = None, policy: Policy | None = None
) -> FloatingIp:
    """A floating IP with targets of one letter each, most preferred first."""
    return FloatingIp(
        "db",
        (ADDRESS,),
        tuple(Target(name, network_interface_id=f"eni-{name}") for name in targets),
        probe=probe or Probe(),
        policy=policy or Policy(),
    )


def cell(table: int) -> Cell:
    return Cell("route", f"rtb-{table}", ADDRESS)


def look(at: float, points: Sequence[str | None], targets: str = "ab", **more: Any) -> Look:
    """A look at one table for each item: a target's letter, another interface's id, or None."""
    readings = tuple(Reading(cell(number), interface(point)) for number, point in enumerate(points))
    places = tuple(Place(name, f"eni-{name}", address="10.0.0.1") for name in targets)
    return replace(Look(at, places, readings), **more)


def interface(point: str | None) -> str | None:
    return f"eni-{point}" if point is not None and len(point) == 1 else point


Script = Callable[[float], str]  # seconds since the start -> a mark


def marks(text: str, then: str | None = None) -> Script:
    """One mark a second; afterwards the last one for ever, or `then`."""
    after = then or text[-1]
    return lambda seconds: text[int(seconds)] if 0 <= seconds < len(text) else after


def down_between(*spans: tuple[float, float]) -> Script:
    return lambda seconds: "x" if any(start <= seconds < end for start, end in spans) else "+"

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Who may be given the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from .view import View


def is_eligible(view: View, target: str) -> bool:
    """Whether the monitor may move the address there: up, not drained, with an interface."""
    interface = view.look.interface_of(target) if view.look else None
    return interface is not None and not is_drained(view, target) and view.is_up(target)


def is_drained(view: View, target: str) -> bool:
    return target in view.context.drained


def best(
    view: View, other_than: Optional[str] = None, also: Callable[[str], bool] = lambda name: True
) -> Optional[str]:
    """The most preferred eligible target, other than that one, that also passes the test."""
    for target in view.definition.targets:
        name = target.name
        if name != other_than and is_eligible(view, name) and also(name):
            return name
    return None


def preferred_over(view: View, holder: str) -> tuple[str, ...]:
    """The targets that stand before the holder in the list."""
    names = [target.name for target in view.definition.targets]
    return tuple(names[: names.index(holder)])

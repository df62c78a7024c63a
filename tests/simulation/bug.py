# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A bug that is seeded: what of the program gets a wrong value, and which law notices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from ansible_collections.netops.floating_ip.tests.simulation.laws import Check

Replaced = tuple[ModuleType | type, str, Any]


@dataclass(frozen=True)
class Bug:
    """`replaced`: what gets a wrong value. `kinds` of steps are those that may show it.

    `law`: the one that it breaks.
    """

    title: str
    replaced: tuple[Replaced, ...]
    kinds: tuple[str, ...]
    law: str = ""

    @contextmanager
    def seeded(self) -> Iterator[None]:
        with ExitStack() as undo:
            for where, name, value in self.replaced:
                undo.callback(setattr, where, name, getattr(where, name))
                setattr(where, name, value)
            yield


def bug(title: str, where: ModuleType | type, name: str, value: Any, *kinds: str) -> Bug:
    return Bug(title, ((where, name, value),), kinds)


def breaking(check: Check, *found: Bug) -> tuple[Bug, ...]:
    return tuple(replace(one, law=check.__name__) for one in found)

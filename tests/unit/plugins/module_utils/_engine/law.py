# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A rule of the engine, told as a property, and bugs that the property must notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

Property = Callable[[], None]


@dataclass(frozen=True)
class Bug:
    """`name` of the module is replaced by something wrong."""

    module: ModuleType
    name: str
    wrong: Any


@dataclass(frozen=True)
class Rule:
    holds: Property
    bugs: tuple[Bug, ...]

    @property
    def name(self) -> str:
        return self.holds.__name__


ENTERED: list[Rule] = []


def law(*bugs: Bug) -> Callable[[Property], Property]:
    """Enter a property into the law; each of the bugs must make it fail."""

    def enter(holds: Property) -> Property:
        ENTERED.append(Rule(holds, bugs))
        return holds

    return enter


def rules_of(*files: ModuleType) -> list[Rule]:
    """The rules that these files have entered."""
    names = {file.__name__ for file in files}
    return [rule for rule in ENTERED if rule.holds.__module__ in names]

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What the schema says of one key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional


@dataclass(frozen=True)
class OnlyWith:
    """A key means something only while the key `key` beside it has one of `values`."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Key:
    """One key of a definition. `text` is for people and may hold `code` in backquotes.

    type      str, bool, int, float, dict, list (of dicts where it has `keys`), map (text to text)
    form      what a text, or each text of a list, must look like: a name from `forms.FORMS`
    later     values that are known but come in a later release
    """

    name: str
    type: str
    text: str
    default: Any = None
    required: bool = False
    choices: tuple[str, ...] = ()
    later: tuple[Any, ...] = ()
    minimum: Optional[float] = None
    maximum: Optional[float] = None
    unit: str = ""
    form: str = "text"
    only_with: Optional[OnlyWith] = None
    example: Any = None
    keys: tuple[Key, ...] = ()

    def key(self, name: str) -> Key:
        """The key of that name under this one; KeyError where there is none."""
        for child in self.keys:
            if child.name == name:
                return child
        raise KeyError(name)

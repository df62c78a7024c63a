# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What is wrong with the definitions: sentences, each with the full path of what it speaks of."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from typing import Any

_REPR = reprlib.Repr()
_REPR.maxstring = _REPR.maxother = 60
_REPR.maxlevel = 2  # and an item that holds itself ends
_LONGEST = 100


class DefinitionError(ValueError):
    """The definitions cannot be used. `problems` holds every reason, each a sentence."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return self.problems[0]
        lines = "".join(f"\n- {problem}" for problem in self.problems)
        return f"The floating IP definitions have {len(self.problems)} problems:{lines}"


class Wrong(Exception):
    """One value cannot be used. The text completes a sentence that begins with the value's path."""


class Problems:
    """Collects problems by path: one mistake is told once, not by every rule that it breaks."""

    def __init__(self) -> None:
        self._sentences: dict[str, None] = {}
        self._wrong: dict[str, None] = {}
        self._told: set[str] = set()

    def add(self, path: str, text: str) -> None:
        """Tell of a value that is wrong in itself: the sentence is `path` and then `text`."""
        self._sentences[f"{path} {text}"] = None
        self.silence(path)

    def add_rule(self, path: str, text: str) -> None:
        """Tell of a broken rule, unless it is about a value, above or below too, that is wrong."""
        if path in self._told or any(_are_related(path, wrong) for wrong in self._wrong):
            return
        self._told.add(path)
        self._sentences[f"{path} {text}"] = None

    def silence(self, path: str) -> None:
        """Rules about `path` would only repeat what has been told."""
        self._wrong[path] = None

    def sentences(self) -> tuple[str, ...]:
        return tuple(self._sentences)


def _are_related(one: str, other: str) -> bool:
    outer, inner = sorted((one, other), key=len)
    return inner == outer or inner.startswith((outer + ".", outer + "["))


def shown(value: Any) -> str:
    """A value as a message shows it: short, whatever it is."""
    try:
        text = _REPR.repr(str.__str__(value) if isinstance(value, str) else value)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    except ValueError:  # Python refuses to write integers of thousands of digits
        return "a number of thousands of digits"


def readable(name: Any) -> str:
    """A key or a name as a path shows it: as it is, if that can be read."""
    is_readable = isinstance(name, str) and 0 < len(name) <= 253 and name.isprintable()
    return str.__str__(name) if is_readable else shown(name)

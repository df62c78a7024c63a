# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The tags by which a floating IP's own things are found again: `floating-ip:NAME`.

The value says what a teardown must know: the addresses that a route table (or, for secondary_ip, an
interface) carries, and whether an interface's source/dest check was on before it was switched off.
"""

from __future__ import annotations

import functools
import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Optional

from .network import Interface, RouteTable

PREFIX = "floating-ip:"
MOST_TAGS = 50  # on one resource; tags of AWS's own do not count
CHECK_WAS = "source-dest-check was"


@dataclass(frozen=True)
class Mark:
    """What one tag says. `check_was_on` is None where the check is none of this floating IP's."""

    addresses: tuple[str, ...] = ()
    check_was_on: Optional[bool] = None

    @property
    def text(self) -> str:
        """The tag's value."""
        check = {None: "", True: f"{CHECK_WAS} on", False: f"{CHECK_WAS} off"}[self.check_was_on]
        return " ".join((*self.addresses, check)).strip()


def tags_by_id(
    tables: Iterable[RouteTable], interfaces: Iterable[Interface]
) -> dict[str, Mapping[str, str]]:
    """The tags of each resource, tables first."""
    tags: dict[str, Mapping[str, str]] = {table.id: table.tags for table in tables}
    return {**tags, **{interface.id: interface.tags for interface in interfaces}}


def key_of(name: str) -> str:
    return PREFIX + name


def names_in(tags: Mapping[str, str]) -> tuple[str, ...]:
    """The floating IPs whose tags these are, sorted."""
    return tuple(sorted(key[len(PREFIX) :] for key in tags if key.startswith(PREFIX)))


def mark_of(tags: Mapping[str, str], name: str) -> Optional[Mark]:
    """What the tag of that floating IP says; None where there is none.

    Words that mean nothing, as a person may have written them, are passed over.
    """
    text = tags.get(key_of(name))
    return None if text is None else _read(text)


@functools.lru_cache(maxsize=4096)
def _read(text: str) -> Mark:
    check = {f"{CHECK_WAS} on": True, f"{CHECK_WAS} off": False}
    was_on = next((value for words, value in check.items() if words in text), None)
    return Mark(tuple(word for word in text.split() if _is_address(word)), was_on)


def marks_in(tags: Mapping[str, str]) -> dict[str, Mark]:
    """What the tags of all floating IPs say, by name."""
    return {name: _read(tags[key_of(name)]) for name in names_in(tags)}


def both(first: Mark, second: Mark) -> Mark:
    """A mark by which the things of either are found; the second's word on the check counts."""
    addresses = tuple(dict.fromkeys((*first.addresses, *second.addresses)))
    was_on = first.check_was_on if second.check_was_on is None else second.check_was_on
    return Mark(addresses, was_on)


def _is_address(word: str) -> bool:
    try:
        return str(ipaddress.ip_address(word)) == word
    except ValueError:
        return False

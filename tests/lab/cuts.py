# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Cuts between hosts, and between hosts and AWS: packets vanish, in one direction or in both."""

from __future__ import annotations

from collections.abc import Callable

from .router import Router

AWS = "aws"


class Cuts:
    """`links` gives a host's links by its name."""

    def __init__(self, router: Router, links: Callable[[str], list[str]]) -> None:
        self._router = router
        self._links = links
        self._now: set[tuple[str, str]] = set()  # from, to

    @property
    def now(self) -> tuple[tuple[str, str], ...]:
        """What is cut: from, to."""
        return tuple(sorted(self._now))

    def cut(self, one: str, other: str, one_way: bool = False) -> None:
        """Nothing from `one` arrives at `other` any more, nor the other way round.

        `aws` is the API. What a host is connected to later is not cut. ValueError: no such host.
        """
        pairs = {(one, other)} if one_way else {(one, other), (other, one)}
        for start, end in pairs:
            self._elements("add", start, end)
        self._now |= pairs

    def isolate(self, one: str, others: list[str]) -> None:
        """Cut a host off from all of these."""
        for other in others:
            self.cut(one, other)

    def heal(self, one: str = "", other: str = "") -> None:
        """Mend what is between these two; of one alone all of it; of none everything."""
        named = {one, other} - {""}
        for start, end in [pair for pair in self._now if named <= set(pair)]:
            self._elements("delete", start, end)
            self._now.discard((start, end))

    def _elements(self, verb: str, start: str, end: str) -> None:
        if end == AWS:
            name, items = "cut_to_aws", [f'"{link}"' for link in self._links(start)]
        elif start == AWS:
            name, items = "cut_from_aws", [f'"{link}"' for link in self._links(end)]
        else:
            name = "cut"
            ends = self._links(end)
            items = [f'"{first}" . "{last}"' for first in self._links(start) for last in ends]
        self._router.nft(f"{verb} element inet lab {name} {{ {', '.join(items)} }}\n")

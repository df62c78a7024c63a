# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Cuts between hosts, and between hosts and AWS: packets vanish, in one direction or in both."""

from __future__ import annotations

from collections.abc import Callable, Iterable

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
        self.cut_all([(one, other)] if one_way else [(one, other), (other, one)])

    def cut_all(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Nothing from the first of each pair arrives at its other any more, all in one moment."""
        new = set(pairs)
        self._router.nft("".join(self._elements("add", start, end) for start, end in sorted(new)))
        self._now |= new

    def isolate(self, one: str, others: list[str]) -> None:
        """Cut a host off from all of these."""
        self.cut_all([pair for other in others for pair in ((one, other), (other, one))])

    def heal(self, one: str = "", other: str = "") -> None:
        """Mend what is between these two; of one alone all of it; of none everything."""
        named = {one, other} - {""}
        gone = {pair for pair in self._now if named <= set(pair)}
        if gone:
            lines = (self._elements("delete", start, end) for start, end in sorted(gone))
            self._router.nft("".join(lines))
        self._now -= gone

    def _elements(self, verb: str, start: str, end: str) -> str:
        if end == AWS:
            name, items = "cut_to_aws", [f'"{link}"' for link in self._links(start)]
        elif start == AWS:
            name, items = "cut_from_aws", [f'"{link}"' for link in self._links(end)]
        else:
            name = "cut"
            ends = self._links(end)
            items = [f'"{first}" . "{last}"' for first in self._links(start) for last in ends]
        return f"{verb} element inet lab {name} {{ {', '.join(items)} }}\n"

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make the router as a fabric says, by the shortest way from how it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from .fabric import Fabric
from .router import Router

_FIRST_TABLE = 1000  # the kernel's numbers for route tables begin here
_BY_TABLE = 40000  # after the main table, which holds what is local to the VPC
_NOWHERE = 50000  # and then nothing: AWS drops without a word
K = TypeVar("K")
V = TypeVar("V")


class Weaver:
    def __init__(self, router: Router) -> None:
        self._router = router
        self._now = Fabric()
        self._numbers: dict[str, int] = {}
        router.rules(f"add blackhole pref {_NOWHERE}")

    def weave(self, wanted: Fabric) -> None:
        """Change what differs; routes last, when all that they lead to is there."""
        now, self._now = self._now, wanted
        gone = set(now.wires.items()) - set(wanted.wires.items())
        for _link, wire in sorted(gone):
            self._router.disconnect(wire)
        for _link, wire in sorted(set(wanted.wires.items()) - set(now.wires.items())):
            self._router.connect(wire)
        now = _without(now, {link for link, _wire in gone})
        self._fill(now, wanted)
        self._router.rules(*self._rules(now, wanted))
        self._router.ip(*self._routes(now, wanted))

    def _rules(self, now: Fabric, wanted: Fabric) -> Iterator[str]:
        for link, table in _changed(now.tables, wanted.tables):
            if now.tables.get(link):
                yield f"delete iif {link} pref {_BY_TABLE}"
            if table:
                yield f"add iif {link} lookup {self._number(table)} pref {_BY_TABLE}"

    def _routes(self, now: Fabric, wanted: Fabric) -> Iterator[str]:
        for block in sorted(wanted.inside - now.inside):
            yield f"route replace blackhole {block}"
        for address, link in _changed(now.leads, wanted.leads):
            yield self._route(address, link, "main")
        for (table, destination), link in _changed(now.routes, wanted.routes):
            yield self._route(destination, link, str(self._number(table)))

    def _route(self, destination: str, link: str | None, table: str) -> str:
        if link is None:
            return f"route delete {destination} table {table}"
        if not link:
            return f"route replace blackhole {destination} table {table}"
        return self._router.route(destination, self._router.wires[link], table)

    def _number(self, table: str) -> int:
        return self._numbers.setdefault(table, _FIRST_TABLE + len(self._numbers))

    def _fill(self, now: Fabric, wanted: Fabric) -> None:
        if (now.own, now.checked, now.off) == (wanted.own, wanted.checked, wanted.off):
            return
        pairs = {(link, address): f'"{link}" . {address}' for link, address in wanted.own}
        lines = [
            *_filled("own4", (text for (_link, at), text in pairs.items() if ":" not in at)),
            *_filled("own6", (text for (_link, at), text in pairs.items() if ":" in at)),
            *_filled("checked", (f'"{link}"' for link in wanted.checked)),
            *_filled("off", (f'"{link}"' for link in wanted.off)),
        ]
        self._router.nft("\n".join(lines) + "\n")


def _without(now: Fabric, gone: set[str]) -> Fabric:
    """What is left when these links are deleted: the kernel takes their routes with them."""
    leads = {address: link for address, link in now.leads.items() if link not in gone}
    routes = {cell: link for cell, link in now.routes.items() if link not in gone}
    return replace(now, leads=leads, routes=routes)


def _changed(now: Mapping[K, V], wanted: Mapping[K, V]) -> Iterator[tuple[K, V | None]]:
    yield from ((key, None) for key in now if key not in wanted)
    yield from ((key, value) for key, value in wanted.items() if now.get(key) != value)


def _filled(name: str, elements: Iterable[str]) -> Iterator[str]:
    listed = ", ".join(sorted(elements))
    yield f"flush set inet lab {name}"
    if listed:
        yield f"add element inet lab {name} {{ {listed} }}"

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What changed, when, and by which action: events for watchers, old facts for lagging describes,
the state.

After each call that may change EC2, the objects it names are compared with what is known of them.
A change of an interface or an instance compares everything, since a route's state follows its
target.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable
from typing import Any, Optional

from .records import Facts, facts_of, objects_of

_KEPT_SECONDS = 600.0
_NO_OBJECT = ("rtbassoc-", "eni-attach-", "eipassoc-")  # ids that hide which object is meant
_SECTIONS = {
    "vpc": "vpcs",
    "subnet": "subnets",
    "table": "route_tables",
    "interface": "network_interfaces",
    "instance": "instances",
    "internet_gateway": "internet_gateways",
    "elastic_ip": "elastic_ips",
}
_PLURALS = {"tag": "tags", "route": "routes", "association": "associations", "address": "addresses"}


class Region:
    """What is known of one account and Region."""

    def __init__(self, backend: Any, place: str) -> None:
        self.backend = backend
        self.place = place
        self.facts: dict[str, Facts] = {}
        self.older: dict[str, deque[tuple[float, Facts]]] = {}

    def at(self, object_id: str, moment: float) -> Optional[Facts]:
        """The facts of an object as they were at that monotonic moment, or as it was made if
        later.
        """
        for changed_at, before in self.older.get(object_id, ()):
            if before and changed_at > moment:
                return before
        return self.facts.get(object_id)

    def keep(self, object_id: str, before: Facts, now: float) -> None:
        kept = self.older.setdefault(object_id, deque())
        kept.append((now, before))
        while kept and kept[0][0] < now - _KEPT_SECONDS:
            kept.popleft()


class Journal:
    def __init__(self) -> None:
        self._regions: dict[str, Region] = {}
        self._events: list[dict[str, Any]] = []
        self._last = 0
        self._news = threading.Condition()

    def region(self, backend: Any) -> Region:
        """The region of a backend; what is there when it is first seen makes no events."""
        place = f"{backend.account_id}/{backend.region_name}"
        region = self._regions.get(place)
        if region is None or region.backend is not backend:
            region = self._regions[place] = Region(backend, place)
            region.facts = {key: facts_of(backend, key, each) for key, each in objects_of(backend)}
        return region

    def record(self, backend: Any, action: str, named: Iterable[str], at: float) -> set[str]:
        """Compare, and tell of every difference; the ids of what is gone come back.

        `named` are the values of the call's parameters.
        """
        region = self.region(backend)
        objects = dict(objects_of(backend))
        values = set(named)
        ids = {value for value in values if value in objects}
        if not ids or any(value.startswith(_NO_OBJECT) for value in values):
            ids = set(objects)
        gone = region.facts.keys() - objects.keys()
        ids |= gone | (objects.keys() - region.facts.keys())
        events = self._compare(region, objects, ids)
        if any(kind in ("interface", "instance", "address") for _at, kind, *_rest in events):
            events += self._compare(region, objects, objects.keys() - ids)
        self._tell(region, action, events, at)
        return gone

    def _compare(
        self, region: Region, objects: dict[str, Any], ids: Iterable[str]
    ) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        now = time.monotonic()
        for key in sorted(ids):
            before = region.facts.get(key, {})
            after = facts_of(region.backend, key, objects[key]) if key in objects else {}
            if before == after:
                continue
            region.keep(key, before, now)
            region.facts[key] = after
            if not after:
                del region.facts[key]
            found += [
                (key, *fact, before.get(fact), after.get(fact))
                for fact in sorted(before.keys() | after.keys())
                if before.get(fact) != after.get(fact)
            ]
        return found

    def _tell(self, region: Region, action: str, found: list[tuple[Any, ...]], at: float) -> None:
        account, name = region.place.split("/")
        with self._news:
            for key, kind, sub, before, after in found:
                self._last += 1
                event = {"seq": self._last, "at": at, "action": action, "account": account}
                event.update(region=name, kind=kind, id=key, sub=sub, before=before, after=after)
                self._events.append(event)
            self._news.notify_all()

    def events(self, since: int, wait: float) -> list[dict[str, Any]]:
        """The events after number `since`; waits up to `wait` seconds for the first of them."""
        with self._news:
            self._news.wait_for(lambda: self._last > since, timeout=wait)
            first = self._events[0]["seq"] if self._events else 0
            return self._events[max(0, since - first + 1) :]

    @property
    def last(self) -> int:
        return self._last

    def backends(self) -> list[Any]:
        return [region.backend for region in self._regions.values()]

    def clear(self) -> None:
        """Forget everything; the numbers go on, and watchers are told by one event."""
        with self._news:
            self._regions.clear()
            self._events.clear()
            self._last += 1
            self._events.append(
                {"seq": self._last, "at": time.time(), "action": "Reset", "kind": "reset"}
            )
            self._news.notify_all()

    def state(self) -> dict[str, Any]:
        return {place: _state_of(self._regions[place]) for place in sorted(self._regions)}


def _state_of(region: Region) -> dict[str, Any]:
    state: dict[str, Any] = {name: {} for name in _SECTIONS.values()}
    for key in sorted(region.facts):
        facts = region.facts[key]
        kind, value = next(
            (kind, value) for (kind, sub), value in facts.items() if not sub and kind in _SECTIONS
        )
        item = state[_SECTIONS[kind]][key] = {**value, "tags": {}}
        if kind == "table":
            item.update(associations={}, routes={})
        if kind == "interface":
            item["addresses"] = {}
        for (part, sub), detail in sorted(facts.items()):
            if part in _PLURALS:
                item[_PLURALS[part]][sub] = detail
    return state

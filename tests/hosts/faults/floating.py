# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A floating IP as the fault tests see it: its cells, and where AWS says that they lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOWHERE = "nothing"


@dataclass(frozen=True)
class Floating:
    """`targets`: interfaces by name. `watchers`: the hosts whose monitors watch it."""

    name: str
    address: str
    tables: tuple[str, ...]
    targets: Mapping[str, str]
    watchers: tuple[str, ...]

    @property
    def destination(self) -> str:
        return f"{self.address}/32"

    def is_cell(self, table: str, destination: str) -> bool:
        return table in self.tables and destination == self.destination

    def target_of(self, route: Mapping[str, Any] | None) -> str:
        """The target that a route leads to; an interface that is none by its id."""
        interface = (route or {}).get("network_interface_id")
        names = {one: name for name, one in self.targets.items()}
        return names.get(interface, str(interface)) if interface else NOWHERE

    def holders(self, state: Mapping[str, Any]) -> set[str]:
        """Everything that its cells lead to, by the emulator's state of the Region."""
        tables = state["route_tables"]
        found = (tables[table]["routes"].get(self.destination) for table in self.tables)
        return {self.target_of(route) for route in found}

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lab VPC as the demo sees it: its ids, its inventory, and whether all of it is gone again."""

from __future__ import annotations

import shutil
import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import plan
from .commands import StepFailed
from .routing import next_hop, routes_of

State = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Lab:
    vpc: str
    client_table: str
    interfaces: Mapping[str, str]  # by target name


def find(state: State) -> Lab:
    """The ids of what lab_vpc has made, found by its Name tags; StepFailed where one is missing."""
    table = _named(state, "route_tables", plan.CLIENT_TABLE)
    return Lab(
        vpc=state["route_tables"][table]["vpc"],
        client_table=table,
        interfaces={name: _named(state, "network_interfaces", name) for name in plan.TARGETS},
    )


def _named(state: State, kind: str, name: str) -> str:
    objects = state.get(kind, {}).items()
    found = [key for key, value in objects if value["tags"].get("Name") == name]
    if len(found) != 1:
        raise StepFailed(f"lab_vpc made {len(found)} {kind} with the Name tag {name}, not one")
    return found[0]


def write_inventory(values: Mapping[str, object]) -> None:
    """The demo's inventory with `values` in it; without a `vpc` among them, no floating IP yet."""
    shutil.rmtree(plan.INVENTORY, ignore_errors=True)
    shutil.copytree(plan.TEMPLATES, plan.INVENTORY)
    variables = plan.INVENTORY / "group_vars" / "demo.yml"
    variables.write_text(filled(variables, values), encoding="utf-8")


def filled(template: Path, values: Mapping[str, object]) -> str:
    """A template's text with the values in it; KeyError names one that is missing."""
    text = template.read_text(encoding="utf-8")
    if "vpc" not in values:  # the definition needs ids that are not there yet
        text = text[: text.index("\nfloating_ips:")] + "\nfloating_ips: []\n"
    return string.Template(text).substitute(values)


def holders(state: State, lab: Lab) -> dict[str, str | None]:
    """Who holds the floating address, by route table of the VPC: a target, an id, or None."""
    names = {interface: name for name, interface in lab.interfaces.items()}
    tables = [key for key, table in state["route_tables"].items() if _is_ours(table, lab)]
    hops = {table: next_hop(routes_of(state, table), plan.ADDRESS) for table in tables}
    return {table: names.get(hop, hop) if hop else None for table, hop in hops.items()}


def _is_ours(table: Mapping[str, Any], lab: Lab) -> bool:
    """Every table of the VPC but gateway tables, which never hold a floating IP."""
    of_gateway = any(each["gateway"] for each in table["associations"].values())
    return table["vpc"] == lab.vpc and not of_gateway


def difference(before: State, after: State) -> str:
    """How two states differ, in a few words; "" where they do not."""
    told = []
    for kind in sorted(before.keys() | after.keys()):
        was, now = before.get(kind, {}), after.get(kind, {})
        more, fewer = now.keys() - was.keys(), was.keys() - now.keys()
        changed = [key for key in was.keys() & now.keys() if was[key] != now[key]]
        named = (("left over", more), ("missing", fewer), ("changed", changed))
        told += [f"{kind} {word}: {', '.join(sorted(ids))}" for word, ids in named if ids]
    return "; ".join(told)

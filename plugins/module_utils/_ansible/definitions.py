# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The definitions that a module's options hold, checked, and the ones that they select."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._definition.argument_spec import DEFINITIONS, NAMES
from .._definition.error import DefinitionError
from .._definition.model import FloatingIp
from .._definition.parse import parse
from .._definition.selection import ALL, select

STATES = ("present", "absent")
OPTIONS = {**DEFINITIONS, **NAMES}


def all_of(params: Mapping[str, Any]) -> tuple[FloatingIp, ...]:
    """Every definition, selected or not. Raises DefinitionError with every problem.

    An option `state` takes the place of each definition's own, before they are checked.
    """
    raw = params["floating_ips"]
    if params.get("state") in STATES:
        raw = [{**one, "state": params["state"]} for one in raw]
    return parse(raw, params["floating_ip_defaults"])


def chosen(params: Mapping[str, Any]) -> tuple[FloatingIp, ...]:
    """The selected definitions. Raises DefinitionError with every problem, of all definitions."""
    definitions = all_of(params)
    selected = select(definitions, params["names"])
    if not selected:
        raise DefinitionError([_nothing(bool(definitions))])
    return selected


def chosen_present(params: Mapping[str, Any]) -> tuple[FloatingIp, ...]:
    """The selected definitions that are not to be removed: nothing else is done with such a one."""
    selected = chosen(params)
    absent = [one.name for one in selected if one.state == "absent"]
    if absent and ALL not in params["names"]:
        raise DefinitionError(f"{name} has state: absent; deploy removes it." for name in absent)
    present = tuple(one for one in selected if one.state == "present")
    if not present:
        raise DefinitionError(["Every floating IP has state: absent; there is nothing to do here."])
    return present


def _nothing(are_there_any: bool) -> str:
    if are_there_any:
        return "No floating IP was named: give names, or leave it out to mean all of them."
    return "There is no floating IP: floating_ips is empty. Define one, or check the inventory."

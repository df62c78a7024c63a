# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One valid definition, and what the parser says of a change to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.error import (
    DefinitionError,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import FloatingIp
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.parse import parse

TARGETS = (
    {"name": "db-a", "network_interface_id": "eni-1", "probe_address": "10.0.1.10"},
    {"name": "db-b", "instance_id": "i-2", "probe_address": "10.0.2.10"},
)


def raw(**changes: Any) -> dict[str, Any]:
    """The raw definition of db with these keys changed."""
    return {
        "name": "db",
        "addresses": ["100.64.10.10"],
        "route_tables": {"vpc_id": "vpc-1"},
        "targets": [dict(target) for target in TARGETS],
        **changes,
    }


def parsed(defaults: Any = None, **changes: Any) -> FloatingIp:
    (definition,) = parse([raw(**changes)], defaults)
    return definition


def problems(*entries: Any, defaults: Any = None) -> list[str]:
    """The sentences that parsing these entries raises; none if they are right."""
    try:
        parse(list(entries), defaults)
    except DefinitionError as error:
        return list(error.problems)
    return []


def problems_of(**changes: Any) -> list[str]:
    """The sentences about db with these keys changed, without the path of db."""
    return [text.replace("floating_ips[db]", "") for text in problems(raw(**changes))]


def target(number: int, **changes: Any) -> Mapping[str, Any]:
    return {**TARGETS[number], **changes}

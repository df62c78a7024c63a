# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The variables of the role floating_ip_monitor, as they come out for a host and options."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.netops.floating_ip.tests.unit.roles.rendering import rendered

FOUND = {
    "has_boto3": True,
    "venv": "",
    "is_enabled": True,
    "deployed": ["db"],
    "others": ["own"],
    "drills": [],
    "files": {},
    "places": {"db": [], "own": []},
}
NOTHING: dict[str, Any] = {}
ADDRESSES = {"db": "100.64.10.10", "web": "100.64.10.20", "mail": "100.64.10.30"}
ADDRESSES["primary"] = ADDRESSES["db"]


def definition(name: str, *targets: str) -> dict[str, Any]:
    """As much of one as the role itself looks at."""
    named = [{"name": one} for one in targets or ("db-a", "db-b")]
    whose = {"aws": {"region": "eu-west-1"}, "addresses": [ADDRESSES[name]]}
    usual = {"state": "present", "probe": {"protocol": "http"}}
    return {"name": name, "targets": named, **usual, **whose}


def told(
    found: Mapping[str, Any] = NOTHING,
    probed: Mapping[str, Any] = NOTHING,
    defined: Sequence[Mapping[str, Any]] = (),
    **options: Any,
) -> Callable[[str], Any]:
    """A variable's value, by its name without the role's; or a template's text."""
    survey = {"stdout": json.dumps({**FOUND, **found})}
    own = {f"floating_ip_monitor_{name}": value for name, value in options.items()}
    hidden = {
        "__floating_ip_monitor_survey": survey,
        "__floating_ip_monitor_probed": probed or {"skipped": True},
        "__floating_ip_monitor_defined": defined or [definition("db"), definition("web")],
    }
    value = rendered("floating_ip_monitor", **hidden, **own)
    return lambda name: value(name if name.endswith(".j2") else f"__floating_ip_monitor_{name}")

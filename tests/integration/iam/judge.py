# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Judge recorded EC2 calls by a policy, as IAM would: it allows what a statement allows, no more.

Knows what our policies say: Allow, ARNs with `*`, and the operators and keys used in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

ACCOUNT = "123456789012"
TYPES = {"rtb": "route-table", "eni": "network-interface"}
TAG = "aws:ResourceTag/"


@dataclass(frozen=True)
class Asked:
    """One thing that one call asks for. A key of `context` that is missing has no value."""

    action: str
    resource: str
    context: Mapping[str, Sequence[str]] = field(default_factory=dict)


def asked_by(call: Mapping[str, Any], history: History) -> list[Asked]:
    """What one call of the emulator's log asks for."""
    params, action = call["params"], f"ec2:{call['action']}"
    base = {"aws:RequestedRegion": [call["region"]]}
    keys = [value for key, value in params.items() if re.fullmatch(r"Tag\.\d+\.Key", key)]
    if keys:
        base["aws:TagKeys"] = keys
    ids = list(_resources(params)) if not call["action"].startswith("Describe") else []
    if not ids:
        return [Asked(action, "*", base)]
    where = f"arn:aws:ec2:{call['region']}:{ACCOUNT}"
    return [
        Asked(action, f"{where}:{TYPES[one[:3]]}/{one}", {**base, **history.of(one, call, where)})
        for one in ids
    ]


def _resources(params: Mapping[str, str]) -> Iterator[str]:
    """A route's table, and not the interface that it leads to: so says AWS's reference."""
    tagged = [value for key, value in params.items() if key.startswith("ResourceId.")]
    yield from tagged or [params.get("RouteTableId") or params["NetworkInterfaceId"]]


@dataclass(frozen=True)
class History:
    """The emulator's state and events: what a resource carried when a call began.

    `since`: tags made after this moment are not known to IAM yet. AWS promises no sooner.
    """

    state: Mapping[str, Any]
    events: Sequence[Mapping[str, Any]]
    since: float = float("inf")

    def of(self, resource: str, call: Mapping[str, Any], where: str) -> dict[str, list[str]]:
        tags: dict[str, str | None] = {}
        for event in self.events:
            is_ours = (event["kind"], event.get("id")) == ("tag", resource)
            if is_ours and event["at"] < min(call["at"], self.since):
                tags[event["sub"]] = _text(event["after"])
        found = {f"{TAG}{key}": [value] for key, value in tags.items() if value is not None}
        kind = "route_tables" if resource.startswith("rtb") else "network_interfaces"
        vpc = self.state[kind][resource]["vpc"]
        return {**found, "ec2:Vpc": [f"{where}:vpc/{vpc}"]}


def _text(value: Any) -> str | None:
    return None if value is None else str(value["value"] if isinstance(value, dict) else value)


def is_allowed(policy: Mapping[str, Any], asked: Asked) -> bool:
    return any(_allows(one, asked) for one in policy["Statement"])


def _allows(statement: Mapping[str, Any], asked: Asked) -> bool:
    return (
        asked.action in _list(statement["Action"])
        and any(fnmatchcase(asked.resource, one) for one in _list(statement["Resource"]))
        and all(
            _is_met(operator, asked.context.get(key), _list(wanted))
            for operator, keys in statement.get("Condition", {}).items()
            for key, wanted in keys.items()
        )
    )


def _is_met(operator: str, values: Sequence[str] | None, wanted: Sequence[str]) -> bool:
    if operator == "Null":
        return (values is None) == (wanted == ["true"])
    if operator == "ForAllValues:StringEquals":
        return all(value in wanted for value in values or ())
    if values is None:
        return False
    if operator == "StringEquals":
        return any(value in wanted for value in values)
    assert operator in ("StringLike", "ArnEquals"), operator
    return any(fnmatchcase(value, one) for value in values for one in wanted)


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)

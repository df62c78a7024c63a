# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Fill in targets from the inventory: `targets_from`, and what a listed target leaves out.

It happens before parsing, to raw settings; whatever does not look right is left for the parser.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Optional

from .clean import item_path
from .convert import convert, is_null
from .error import DefinitionError, Wrong, shown
from .key import Key
from .model import FloatingIp
from .parse import parse_found
from .schema import SCHEMA
from .validate import Finding

Groups = Mapping[str, Sequence[str]]
HostVars = Callable[[str], Mapping[str, Any]]

PREFERENCE = Key("floating_ip_preference", "float", "The lowest is the most preferred.")
PROBE_ADDRESSES = ("floating_ip_probe_address", "private_ip_address", "ansible_host")


def parse_with_inventory(
    raw: Any, defaults: Any, groups: Groups, host_vars: HostVars
) -> tuple[FloatingIp, ...]:
    """As `parse`, with the targets filled in first; the problems of both are raised together."""
    expanded, findings = _expand(raw, defaults, groups, host_vars)
    return parse_found(expanded, defaults, findings)


def expand_targets(raw: Any, groups: Groups, host_vars: HostVars, defaults: Any = None) -> Any:
    """The raw definitions with their targets filled in from the inventory.

    `groups` are the inventory's groups, `host_vars` gives a host's variables (none for an unknown
    host), `defaults` are those that the definitions will be parsed with. DefinitionError tells of
    groups and preferences that cannot be used.
    """
    expanded, findings = _expand(raw, defaults, groups, host_vars)
    if findings:
        raise DefinitionError(f"{path} {text}" for path, text in findings)
    return expanded


def _expand(
    raw: Any, defaults: Any, groups: Groups, host_vars: HostVars
) -> tuple[Any, list[Finding]]:
    if not isinstance(raw, (list, tuple)):
        return raw, []
    result, findings = [], []
    for index, entry in enumerate(raw):
        path = item_path(SCHEMA.name, index, entry)
        try:
            targets = _targets_of(entry, defaults, groups, host_vars)
        except Wrong as error:
            findings.append((f"{path}.targets_from", str(error)))
            targets = None
        result.append(entry if targets is None else _with_targets(entry, targets))
    return result, findings


def _with_targets(entry: Mapping[Any, Any], targets: Sequence[Any]) -> dict[Any, Any]:
    return {**{k: v for k, v in entry.items() if k != "targets_from"}, "targets": targets}


def _targets_of(
    entry: Any, defaults: Any, groups: Groups, host_vars: HostVars
) -> Optional[list[Any]]:
    """The filled-in targets, or None where the entry is better left as it is."""
    if not isinstance(entry, Mapping):
        return None
    listed, group = _source(entry)
    if listed is None and group is None and isinstance(defaults, Mapping):
        listed, group = _source(defaults)
    if isinstance(listed, (list, tuple)) and group is None:
        return [_filled(target, host_vars) for target in listed]
    if isinstance(group, str) and listed is None:
        hosts = _hosts_of(group.strip(), groups, host_vars)
        return [_filled({"name": host}, host_vars) for host in hosts]
    return None


def _source(settings: Mapping[Any, Any]) -> tuple[Any, Any]:
    given = (settings.get("targets"), settings.get("targets_from"))
    return given[0] if not is_null(given[0]) else None, given[1] if not is_null(given[1]) else None


def _hosts_of(group: str, groups: Groups, host_vars: HostVars) -> Iterable[str]:
    if group not in groups:
        close = difflib.get_close_matches(group, list(groups), 1)
        advice = f"did you mean {close[0]}?" if close else "correct it or add the group."
        raise Wrong(f"names the group {shown(group)}, which the inventory does not have: {advice}")
    if not groups[group]:
        raise Wrong(f"names the group {shown(group)}, which has no host: add the targets to it.")
    return sorted(groups[group], key=lambda host: _preference(host, host_vars(host)))


def _preference(host: str, variables: Mapping[str, Any]) -> float:
    value = variables.get(PREFERENCE.name)
    if is_null(value):
        return math.inf
    try:
        return float(convert(PREFERENCE, value))
    except Wrong as error:
        raise Wrong(f"includes the host {host}, whose {PREFERENCE.name} {error}") from error


def _filled(target: Any, host_vars: HostVars) -> Any:
    name = target.get("name") if isinstance(target, Mapping) else None
    if not isinstance(name, (str, int)):
        return target
    variables = host_vars(name.strip() if isinstance(name, str) else shown(name))
    result = {key: value for key, value in target.items() if not is_null(value)}
    if "network_interface_id" not in result and "instance_id" not in result:
        result.update(_interface(variables, result))
    if "probe_address" not in result:
        result.update(_first("probe_address", variables, PROBE_ADDRESSES))
    return result


def _interface(variables: Mapping[str, Any], given: Mapping[Any, Any]) -> Mapping[str, Any]:
    own = _first("network_interface_id", variables, ("network_interface_id",))
    if own and "device_index" not in given:
        return own
    instance = _first("instance_id", variables, ("instance_id",))
    if not instance or "device_index" in given:
        return instance
    return {**instance, **_first("device_index", variables, ("device_index",))}


def _first(key: str, variables: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The key with the first of these variables that has a value, or nothing."""
    values = (variables.get(name) for name in names)
    return next(({key: value} for value in values if not is_null(value)), {})

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""From YAML to values: `parse` makes definitions, or tells of everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .build import build
from .clean import Cleaned, clean_dict, item_path
from .convert import is_null
from .error import DefinitionError, Problems, shown
from .key import Key
from .model import FloatingIp
from .schema import SCHEMA
from .validate import Finding, check, check_together

__all__ = ("DEFAULTS", "NEVER_SHARED", "DefinitionError", "parse", "parse_found")

DEFAULTS = "floating_ip_defaults"
NEVER_SHARED = ("name", "addresses")


def parse(raw: Any, defaults: Any = None) -> tuple[FloatingIp, ...]:
    """The definitions that the variables `floating_ips` and `floating_ip_defaults` hold.

    Raises DefinitionError with all problems at once, and nothing else, whatever it is given.
    `targets_from` must have been expanded: see `targets.py`.
    """
    return parse_found(raw, defaults, ())


def parse_found(raw: Any, defaults: Any, found: Iterable[Finding]) -> tuple[FloatingIp, ...]:
    """As `parse`, for a caller that found problems of its own: pairs of a path and a text."""
    problems = Problems()
    for path, text in found:
        problems.add(path, text)
    shared = _clean_defaults(defaults, problems)
    definitions = []
    for index, entry in enumerate(_entries(raw, problems)):
        path = item_path(SCHEMA.name, index, entry)
        definition = _parse_entry(entry, shared, path, problems)
        definitions.append((path, definition))
        for rule_path, text in check(definition):
            problems.add_rule(f"{path}.{rule_path}", text)
    for path, text in check_together(definitions):
        problems.add_rule(path, text)
    if problems.sentences():
        raise DefinitionError(problems.sentences())
    return tuple(definition for _path, definition in definitions)


def _entries(raw: Any, problems: Problems) -> Sequence[Any]:
    if isinstance(raw, (list, tuple)):
        return raw
    problems.add(SCHEMA.name, f"must be a list of floating IPs, not {shown(raw)}.")
    return ()


def _clean_defaults(defaults: Any, problems: Problems) -> Cleaned:
    if is_null(defaults):
        return {}
    shared = clean_dict(SCHEMA.keys, defaults, DEFAULTS, problems)
    for name in NEVER_SHARED:
        if name in shared:
            problems.add(f"{DEFAULTS}.{name}", "cannot be shared: give it in each floating IP.")
    _check_both(shared, DEFAULTS, problems)
    return shared


def _parse_entry(entry: Any, shared: Cleaned, path: str, problems: Problems) -> FloatingIp:
    own = clean_dict(SCHEMA.keys, entry, path, problems)
    _check_both(own, path, problems)
    _check_targets_from(shared, own, path, problems)
    merged = merge(shared, own)
    _check_required(SCHEMA.keys, merged, path, problems)
    for target, place in zip(merged.get("targets", ()), _target_paths(merged, path)):
        _check_required(SCHEMA.key("targets").keys, target, place, problems)
    _check_meaningless(SCHEMA, merged, own, path, problems)
    probe = SCHEMA.key("probe")
    settings, own_settings = merged.get(probe.name, {}), own.get(probe.name, {})
    _check_meaningless(probe, settings, own_settings, f"{path}.{probe.name}", problems)
    return build({**_meaningful(SCHEMA, merged), probe.name: _meaningful(probe, settings)})


def merge(shared: Cleaned, own: Cleaned) -> Cleaned:
    """`own` over `shared`: dictionaries are merged deep, lists and all else are replaced."""
    result = dict(shared)
    for name, value in own.items():
        below = result.get(name)
        both = isinstance(below, dict) and isinstance(value, dict)
        result[name] = merge(below, value) if both and below is not None else value
    return result


def _target_paths(merged: Cleaned, path: str) -> list[str]:
    targets = merged.get("targets", ())
    return [item_path(f"{path}.targets", index, item) for index, item in enumerate(targets)]


def _check_both(settings: Cleaned, path: str, problems: Problems) -> None:
    if "targets_from" in settings and "targets" in settings:
        problems.add(f"{path}.targets_from", "cannot stand beside targets: remove one of them.")


def _check_targets_from(shared: Cleaned, own: Cleaned, path: str, problems: Problems) -> None:
    if "targets" not in own and "targets_from" in {**shared, **own}:
        advice = "get the definitions from the lookup netops.floating_ip.definitions"
        problems.add_rule(f"{path}.targets_from", f"needs the inventory: {advice}.")
        problems.silence(f"{path}.targets")


def _check_required(keys: Sequence[Key], given: Cleaned, path: str, problems: Problems) -> None:
    for key in keys:
        if key.required and key.name not in given:
            example = f", for example {shown(key.example)}" if key.example else ""
            problems.add_rule(f"{path}.{key.name}", f"is required: give it{example}.")


def _means_nothing(parent: Key, key: Key, settings: Cleaned) -> bool:
    rule = key.only_with
    return rule is not None and _switch(parent, rule.key, settings) not in rule.values


def _switch(parent: Key, name: str, settings: Cleaned) -> Any:
    return settings.get(name, parent.key(name).default)


def _meaningful(parent: Key, settings: Cleaned) -> Cleaned:
    """Without what means nothing here: shared defaults may be for another protocol."""
    lost = {key.name for key in parent.keys if _means_nothing(parent, key, settings)}
    return {name: value for name, value in settings.items() if name not in lost}


def _check_meaningless(
    parent: Key, merged: Cleaned, own: Cleaned, path: str, problems: Problems
) -> None:
    """What means nothing here is a mistake where the entry itself says it."""
    for key in parent.keys:
        if own.get(key.name, ()) not in ((), {}) and _means_nothing(parent, key, merged):
            rule = key.only_with.key if key.only_with else ""
            text = f"means nothing with {rule}={_switch(parent, rule, merged)}: remove it."
            problems.add_rule(f"{path}.{key.name}", text)

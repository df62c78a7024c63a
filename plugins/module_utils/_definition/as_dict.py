# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The way back: from a definition to plain lists and dictionaries that parse to the same."""

from __future__ import annotations

from typing import Any

from .key import Key
from .model import FloatingIp
from .schema import SCHEMA


def to_raw(definition: FloatingIp) -> dict[str, Any]:
    """All settings with their defaults filled in, fit for JSON: `parse([to_raw(x)]) == (x,)`."""
    return _dict(SCHEMA, definition)


def _dict(parent: Key, value: Any) -> dict[str, Any]:
    result = {}
    for key in parent.keys:
        given = getattr(value, key.name, None)
        if given is not None and _applies(key, value):
            result[key.name] = plain(key, given)
    return result


def _applies(key: Key, value: Any) -> bool:
    rule = key.only_with
    return rule is None or getattr(value, rule.key) in rule.values


def plain(key: Key, value: Any) -> Any:
    """A value of `model.py` as YAML or JSON would write it."""
    if key.type == "dict":
        return _dict(key, value)
    if key.type == "list" and key.keys:
        return [_dict(key, item) for item in value]
    if key.type == "list":
        return [_WRITERS.get(key.form, str)(item) for item in value]
    return dict(value) if key.type == "map" else value


def _status(statuses: tuple[int, int]) -> str:
    low, high = statuses
    return f"{low}-{high}" if low < high else f"{low}"


def _endpoint(endpoint: tuple[str, int]) -> str:
    host, port = endpoint
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


_WRITERS = {"status": _status, "endpoint": _endpoint}

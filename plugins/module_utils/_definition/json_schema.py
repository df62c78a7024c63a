# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A JSON Schema of the two variables, for editors that complete and check YAML.

It wants the plain way to write each value, or a template; the parser takes a little more than that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

from .convert import NUMBER
from .forms import FORMS
from .key import Key
from .parse import DEFAULTS, NEVER_SHARED
from .schema import SCHEMA

_TEMPLATE = r"\{\{.*\}\}"
_NOTHING = r"\s*"
_BOOLEAN = "[Tt]rue|[Ff]alse|[Yy]es|[Nn]o|[Oo]n|[Oo]ff"


def json_schema() -> dict[str, Any]:
    """The schema of a file with variables, where `floating_ips` stands among others."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Floating IPs (netops.floating_ip)",
        "type": "object",
        "properties": {
            SCHEMA.name: _items(SCHEMA),
            DEFAULTS: {
                "description": "Settings that hold for every floating IP without its own.",
                "anyOf": [_object(SCHEMA, shared=True), _text("")],
            },
        },
    }


def _object(parent: Key, shared: bool = False) -> dict[str, Any]:
    keys = [key for key in parent.keys if not (shared and key.name in NEVER_SHARED)]
    # An interface, tables and the rest may come from the defaults, so only these are certain.
    required = [] if shared else [key.name for key in keys if key.required]
    result: dict[str, Any] = {
        "type": "object",
        "properties": {key.name: _described(key) for key in keys},
        "additionalProperties": False,
    }
    return {**result, "required": required} if required else result


def _described(key: Key) -> dict[str, Any]:
    described: dict[str, Any] = {"description": key.text.replace("`", "")}
    if key.unit:
        described["description"] += f" In {key.unit}."
    if key.type not in ("list", "map", "dict") and key.default is not None:
        described["default"] = key.default
    return {**described, **_value(key)}


def _value(key: Key) -> dict[str, Any]:
    if key.type == "dict":
        return {"anyOf": [_object(key), {"type": "null"}, _text("")]}
    if key.type == "list":
        return _items(key)
    if key.type == "map":
        texts = {"type": "object", "additionalProperties": {"type": ["string", "integer"]}}
        return {"anyOf": [texts, {"type": "null"}, _text("")]}
    if key.type == "str":
        return {"anyOf": [_string(key), {"type": "null"}]}
    pattern = _BOOLEAN if key.type == "bool" else NUMBER
    return {"anyOf": [_scalar(key), {"type": "null"}, _text(pattern)]}


def _items(key: Key) -> dict[str, Any]:
    if key.keys:
        return {"anyOf": [{"type": "array", "items": _object(key)}, {"type": "null"}, _text("")]}
    array = {"type": "array", "items": _string(key)}
    alone = [] if key.form == "argument" else [_string(Key("", "str", ""))]
    return {"anyOf": [array, *alone, {"type": "null"}, _text("")]}


def _string(key: Key) -> dict[str, Any]:
    if key.choices:
        return {"anyOf": [{"enum": list(key.choices)}, _text("")]}
    pattern = FORMS[key.form].pattern
    text = {"type": "string"} if pattern is None else _text(pattern)
    return text if key.form != "status" else {"anyOf": [text, {"type": "integer"}]}


def _scalar(key: Key) -> dict[str, Any]:
    types: Mapping[str, str] = {"bool": "boolean", "int": "integer", "float": "number"}
    limits: dict[str, Optional[float]] = {"minimum": key.minimum, "maximum": key.maximum}
    given = {name: limit for name, limit in limits.items() if limit is not None}
    return {"type": types[key.type], **given}


def _text(pattern: str) -> dict[str, Any]:
    """A text of this pattern, or one with a template in it, or nothing."""
    either = "|".join(part for part in (pattern, _NOTHING) if part)
    return {"type": "string", "pattern": f"^({either})$|{_TEMPLATE}"}

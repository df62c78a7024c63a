# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The context as JSON, and back: plain values, checked, with the path of what is wrong."""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Optional, Union, cast, get_args, get_origin, get_type_hints

from .context import Context

VERSION = 1


def to_json(context: Context) -> dict[str, Any]:
    """A dict of plain values that `from_json` turns back into an equal context."""
    return {"version": VERSION, **_plain(context)}


def from_json(raw: object) -> Context:
    """The context of such a dict. ValueError, with a sentence, where it is none.

    Keys that a newer version added are passed over; keys that an older one lacked get defaults.
    """
    if not isinstance(raw, Mapping) or raw.get("version") != VERSION:
        raise ValueError(f"this is no context of version {VERSION}: move the file aside")
    return cast(Context, _built(Context, raw, "context"))


def _plain(value: object) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _built(kind: Any, raw: object, path: str) -> object:
    """The value of that type. Only the types that a context is made of are known here."""
    origin = get_origin(kind)
    if origin is Union:
        return None if raw is None else _built(_inner(kind), raw, path)
    if origin is tuple:
        return _built_tuple(kind, raw, path)
    if origin is not None:
        return _built_mapping(kind, raw, path)
    if is_dataclass(kind):
        return _built_dataclass(kind, raw, path)
    if issubclass(kind, enum.Enum):
        return _built_enum(kind, raw, path)
    return _checked(kind, raw, path)


def _inner(kind: Any) -> Any:
    return next(part for part in get_args(kind) if part is not type(None))


def _built_tuple(kind: Any, raw: object, path: str) -> tuple[object, ...]:
    if not isinstance(raw, (list, tuple)):
        raise _wrong(path, "a list", raw)
    item = get_args(kind)[0]
    return tuple(_built(item, value, f"{path}[{number}]") for number, value in enumerate(raw))


def _built_mapping(kind: Any, raw: object, path: str) -> dict[str, object]:
    if not isinstance(raw, Mapping):
        raise _wrong(path, "a dict", raw)
    item = get_args(kind)[1]
    return {str(key): _built(item, value, f"{path}[{key}]") for key, value in raw.items()}


def _built_dataclass(kind: Any, raw: object, path: str) -> object:
    if not isinstance(raw, Mapping):
        raise _wrong(path, "a dict", raw)
    hints = _types_of(kind)
    values = {}
    for field in fields(kind):
        if field.name in raw:
            values[field.name] = _built(hints[field.name], raw[field.name], f"{path}.{field.name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(f"{path}.{field.name} is missing")
    return kind(**values)


@cache  # a handful of classes; to evaluate their annotations takes long
def _types_of(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _built_enum(kind: type[enum.Enum], raw: object, path: str) -> enum.Enum:
    try:
        return kind(raw)
    except ValueError:
        words = ", ".join(str(member.value) for member in kind)
        raise _wrong(path, f"one of {words}", raw) from None


def _checked(kind: type, raw: object, path: str) -> Optional[object]:
    if kind is float and isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if math.isfinite(raw):
            return float(raw)
    elif isinstance(raw, kind) and (kind is bool or not isinstance(raw, bool)):
        return raw
    raise _wrong(path, f"a {kind.__name__}", raw)


def _wrong(path: str, must_be: str, raw: object) -> ValueError:
    return ValueError(f"{path} must be {must_be}, it is {raw!r}")

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Walk one raw value along the schema: known keys only, converted, without what is not given."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .convert import convert, is_null, to_text
from .error import Problems, Wrong, readable, shown
from .key import Key
from .schema import SCHEMA

Cleaned = dict[str, Any]

_CREDENTIAL = (
    r"(aws_|ec2_)?(access_key(_id)?|secret(_access)?_key|(session|security)_token|profile)"
)


def clean_dict(keys: Sequence[Key], value: Any, path: str, problems: Problems) -> Cleaned:
    """The values of the keys that are given and right. What is wrong goes to `problems`."""
    result: Cleaned = {}
    if not isinstance(value, Mapping):
        problems.add(path, f"must be a dictionary of settings, not {shown(value)}.")
        return result
    known = {key.name: key for key in keys}
    for name, child in value.items():
        key = known.get(name) if isinstance(name, str) else None
        if key is None:
            _add_unknown(keys, name, path, problems)
        elif not is_null(child):
            _put(result, key, child, f"{path}.{key.name}", problems)
    return result


def _put(result: Cleaned, key: Key, value: Any, path: str, problems: Problems) -> None:
    try:
        result[key.name] = _clean(key, value, path, problems)
    except Wrong as error:
        problems.add(path, str(error))


def _clean(key: Key, value: Any, path: str, problems: Problems) -> Any:
    if key.type == "dict":
        return clean_dict(key.keys, value, path, problems)
    if key.type == "map":
        return _clean_map(value, path, problems)
    if key.type == "list" and key.keys:
        return tuple(_clean_dicts(key, value, path, problems))
    if key.type == "list":
        return tuple(_clean_texts(key, value, path, problems))
    return convert(key, value)


def _clean_dicts(key: Key, value: Any, path: str, problems: Problems) -> Iterable[Cleaned]:
    if not isinstance(value, (list, tuple)):
        raise Wrong(f"must be a list of dictionaries, not {shown(value)}.")
    for index, item in enumerate(value):
        yield clean_dict(key.keys, item, item_path(path, index, item), problems)


def _clean_texts(key: Key, value: Any, path: str, problems: Problems) -> Iterable[Any]:
    for index, item in enumerate(_items_of(key, value)):
        if item is None or (is_null(item) and key.form != "argument"):
            continue
        try:
            yield to_text(key, item)
        except Wrong as error:
            problems.add(f"{path}[{index}]", str(error))


def _items_of(key: Key, value: Any) -> Sequence[Any]:
    """A text is taken as Ansible takes it for a list, split at commas; an argument list is not."""
    if isinstance(value, (list, tuple)):
        return value
    if isinstance(value, Mapping):
        raise Wrong(f"must be a list of texts, not {shown(value)}.")
    if key.form == "argument":
        raise Wrong(f"must be a list with one item for each argument, not {shown(value)}.")
    return value.split(",") if isinstance(value, str) else [value]


def _clean_map(value: Any, path: str, problems: Problems) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise Wrong(f"must be a dictionary of texts, not {shown(value)}.")
    result: dict[str, str] = {}
    any_text = Key("", "str", "", form="argument")
    for name, item in value.items():
        try:
            result[to_text(any_text, name)] = to_text(any_text, item)
        except Wrong as error:  # a null is an error: without it the tags would match more
            problems.add(f"{path}[{readable(name)}]", str(error))
    return result


def item_path(path: str, index: int, item: Any) -> str:
    """Where an item of a list is: by its name if it has one that reads well, else by its index."""
    name = item.get("name") if isinstance(item, Mapping) else None
    return (
        f"{path}[{index if is_null(name) or not isinstance(name, str) else readable(name.strip())}]"
    )


def _add_unknown(keys: Sequence[Key], name: Any, path: str, problems: Problems) -> None:
    text = readable(name)
    if re.fullmatch(_CREDENTIAL, text.lower()):
        advice = "must not be in a definition: give credentials by the environment, module_defaults"
        problems.add(f"{path}.{text}", f"{advice} or the instance's role, and remove it.")
        return
    close = difflib.get_close_matches(text.lower(), [key.name for key in keys], 1)
    if close:
        problems.silence(f"{path}.{close[0]}")
        problems.add(f"{path}.{text}", f"is not a known key: did you mean {close[0]}?")
        return
    homes = list(_homes(SCHEMA, text, ""))
    known = f"the keys here are {', '.join(key.name for key in keys)}."
    advice = f"it belongs under {homes[0]}." if homes else known
    problems.add(f"{path}.{text}", f"is not a known key here: {advice}")


def _homes(key: Key, name: str, path: str) -> Iterable[str]:
    for child in key.keys:
        if child.name == name and name != "name":
            yield path or "the entry itself"
        yield from _homes(child, name, f"{path}.{child.name}".lstrip("."))

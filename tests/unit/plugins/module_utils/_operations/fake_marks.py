# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tags and source/dest checks behind `FakeEc2`, and EC2's calls on them.

They stand in the same state as the cells: a tag's value under (resource, "tag NAME"), and a check,
`ON` or `OFF`, under (interface, `CHECK`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Optional

Key = tuple[str, str]
State = Mapping[Key, str]
Params = Mapping[str, Any]
Changes = Mapping[Key, Optional[str]]
CHECK = "source/dest check"
ON, OFF = "on", "off"
TAG = "tag "


def tag_key(resource: str, name: str) -> Key:
    return resource, TAG + name


def check_key(eni: str) -> Key:
    return eni, CHECK


def tags_of(state: State, resource: str) -> list[dict[str, str]]:
    """A resource's tags as EC2 lists them."""
    found = [(key[1][len(TAG) :], value) for key, value in state.items() if _is_tag(key, resource)]
    return [{"Key": name, "Value": value} for name, value in found]


def has_tag(state: State, resource: str, names: Sequence[str]) -> bool:
    """Whether it has any of these tags; a name may end in a `*`."""
    whole = {name for name in names if not name.endswith("*")}
    starts = tuple(name[:-1] for name in names if name.endswith("*"))
    keys = [one["Key"] for one in tags_of(state, resource)]
    return any(key in whole or (starts and key.startswith(starts)) for key in keys)


def is_mark(key: Key) -> bool:
    """Whether a key of the state is a tag's or a check's, and so no cell's."""
    return key[1] == CHECK or key[1].startswith(TAG)


def keys_of(params: Params) -> tuple[Key, ...]:
    """The keys that a write of tags or of a check is about."""
    if "SourceDestCheck" in params:
        return (check_key(params["NetworkInterfaceId"]),)
    return tuple(
        tag_key(one, each["Key"]) for one in params["Resources"] for each in params["Tags"]
    )


def _is_tag(key: Key, resource: str) -> bool:
    return key[0] == resource and key[1].startswith(TAG)


def _create_tags(_net: object, _state: State, params: Params) -> Changes:
    tags = {one["Key"]: one["Value"] for one in params["Tags"]}
    return {
        tag_key(resource, name): value
        for resource in params["Resources"]
        for name, value in tags.items()
    }


def _delete_tags(_net: object, state: State, params: Params) -> Changes:
    """Only tags that have exactly these values."""
    return {
        tag_key(resource, one["Key"]): None
        for resource in params["Resources"]
        for one in params["Tags"]
        if state.get(tag_key(resource, one["Key"])) == one["Value"]
    }


def _modify(_net: object, _state: State, params: Params) -> Changes:
    return {keys_of(params)[0]: ON if params["SourceDestCheck"]["Value"] else OFF}


WRITES: Mapping[str, Callable[[Any, State, Params], Changes]] = {
    "create_tags": _create_tags,
    "delete_tags": _delete_tags,
    "modify_network_interface_attribute": _modify,
}

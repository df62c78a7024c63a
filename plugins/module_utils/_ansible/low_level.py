# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The options of the low-level modules, read by the rules that definitions have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Optional

from .._definition.addresses import is_public, version_of
from .._definition.clean import clean_dict
from .._definition.error import Problems, shown
from .._definition.key import Key
from .._definition.model import ROUTE, SECONDARY_IP
from .._operations.point import Request
from .answer import refuse

KEYS = (
    Key("addresses", "list", "", form="address"),
    Key("route_table_ids", "list", "", form="route_table"),
    Key("network_interface_id", "str", "", form="interface"),
)


def request_of(kind: str, params: Mapping[str, Any]) -> Request:
    """What a module was asked for. Raises Refused with every problem."""
    problems = Problems()
    given = {key.name: params.get(key.name) for key in KEYS}
    clean = clean_dict(KEYS, given, "", problems)
    request = Request(
        kind,
        tuple(dict.fromkeys(clean.get("addresses", ()))),
        clean.get("network_interface_id"),
        tuple(dict.fromkeys(clean.get("route_table_ids", ()))),
        remove=params["state"] == "absent",
        expect=params["expect_current"] or None,
        may_take=params.get("allow_reassignment", True),
    )
    wrong = [text.lstrip(".") for text in problems.sentences()]
    refuse(wrong or _problems(request, params.get("allow_public", False)))
    return request


def _problems(request: Request, allow_public: bool) -> Iterator[str]:
    if not request.addresses:
        yield "addresses is empty: give at least one."
    if request.kind == ROUTE and not request.tables:
        yield "route_table_ids is empty: give at least one."
    if request.interface is None and (request.kind == SECONDARY_IP or not request.remove):
        yield "network_interface_id is required: give the interface that the addresses are for."
    for address in request.addresses:
        if request.kind == SECONDARY_IP and version_of(address) == 6:
            yield f"addresses holds {address}: a secondary private address is IPv4."
        if request.kind == ROUTE and is_public(address) and not allow_public:
            yield (
                f"addresses holds {address}, which is public space: choose a private address, such "
                "as 100.64.10.10, or set allow_public if it is yours."
            )
    yield from expectation_problems(request.expect)


def expectation_problems(expected: Optional[str]) -> Iterator[str]:
    """Why a text can never be what a cell is like."""
    if expected and not re.fullmatch("blackhole|absent|eni-[0-9a-f]{8,17}", expected):
        yield (
            f"expect_current must be the ID of an interface, blackhole or absent, not "
            f"{shown(expected)}."
        )

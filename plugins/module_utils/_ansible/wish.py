# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What floating_ip_move was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .._definition.model import FloatingIp
from .._definition.selection import names_of
from .._operations.order import Wish
from .answer import refuse
from .low_level import expectation_problems


def wish_of(params: Mapping[str, Any], definitions: Sequence[FloatingIp]) -> Wish:
    """The options as a wish; an empty text means that an option is not given. Raises Refused."""
    refuse(_problems(params, [one.name for one in definitions]))
    return Wish(
        to=params["to"] or None,
        destinations=params["destinations"],
        choose=params["choose"],
        force=params["force"],
        expect=params["expect_current"] or None,
        drained={name: names_of(targets) for name, targets in params["drained"].items()},
    )


def _problems(params: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    """A name that is misspelt would leave the choice of the target to `choose`."""
    for name in params["destinations"]:
        if name not in names:
            yield f"destinations names {name!r}, which is none of {', '.join(names)}: correct it."
    yield from expectation_problems(params["expect_current"])

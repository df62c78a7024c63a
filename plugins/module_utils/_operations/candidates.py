# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Candidates: the targets that a move may go to, for only these are worth probing before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .._definition.model import FloatingIp, Target
from .._engine.cells import Look, holder_of
from .order import NEXT, Wish


def candidates(
    definitions: Sequence[FloatingIp], looks: Mapping[str, Look], wish: Wish
) -> tuple[FloatingIp, ...]:
    """The definitions, each with those of its targets alone that may be the destination.

    A dead holder takes all of its time-outs to be proven down, which the next target need not wait
    for.
    """
    return tuple(
        replace(definition, targets=_eligible(definition, looks[definition.name], wish))
        for definition in definitions
    )


def _eligible(definition: FloatingIp, look: Look, wish: Wish) -> tuple[Target, ...]:
    _holding, holder = holder_of(look)
    to = wish.destinations.get(definition.name) or wish.to
    if to is not None:
        return tuple(target for target in definition.targets if target.name == to)
    return tuple(t for t in definition.targets if wish.choose != NEXT or t.name != holder)

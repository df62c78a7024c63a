# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Moments with numbers, so placed that none hides another; many at one moment become one mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .chart import TOLD, Mark
from .svg_scale import Scale

RADIUS = 9.5  # pixels
_LETTER = 6.4  # a digit's width
_MOST = 3  # moments in one place that are drawn one below the other


def folded(marks: Sequence[Mark], scale: Scale) -> tuple[Mark, ...]:
    """Crowds of numbered moments made one mark each, `3–11`. The marks are in their order."""
    return tuple(mark for crowd in _crowds(marks, scale) for mark in _told(crowd))


def badge(mark: Mark) -> str:
    return str(mark.number) if mark.last is None else f"{mark.number}\u2013{mark.last}"


def half(mark: Mark) -> float:
    """Half of its width, in pixels."""
    return RADIUS if mark.last is None else len(badge(mark)) * _LETTER / 2 + 6


def rows(marks: Sequence[Mark], scale: Scale) -> tuple[int, ...]:
    """For each mark the first row in which nothing is in its way."""
    ends: list[float] = []
    found = []
    for mark in marks:
        x, wide = scale.x(mark.at), half(mark)
        row = next((n for n, end in enumerate(ends) if x - wide - end >= 1), len(ends))
        ends[row : row + 1] = [x + wide]
        found.append(row)
    return tuple(found)


def _crowds(marks: Sequence[Mark], scale: Scale) -> Iterator[list[Mark]]:
    """Marks of which each would hide the crowd's first; those without a number stand alone."""
    crowd: list[Mark] = []
    for mark in marks:
        is_near = bool(crowd) and scale.x(mark.at) - scale.x(crowd[0].at) < 2 * RADIUS
        if crowd and (mark.number is None or crowd[0].number is None or not is_near):
            yield crowd
            crowd = []
        crowd.append(mark)
    if crowd:
        yield crowd


def _told(crowd: Sequence[Mark]) -> Sequence[Mark]:
    if len(crowd) <= _MOST:
        return crowd
    hint = "\n".join(mark.hint for mark in crowd)
    return [replace(crowd[0], kind=TOLD, hint=hint, last=crowd[-1].number)]

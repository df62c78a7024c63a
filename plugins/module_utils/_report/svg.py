# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Draw a chart as SVG: one picture without scripts, whose colours follow the page's variables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

from .chart import LOST, Bar, Chart, Curve, Lane, Mark
from .svg_marks import RADIUS, badge, folded, half, rows
from .svg_scale import LEFT, WIDTH, Scale, ticks

_TOP, _BOTTOM = 34, 30  # pixels above and below the lanes
_GAP = 10
_BAR, _NOTED, _CURVE, _ROW = 22, 26, 34, 24
_LETTER = 6.6  # a letter's width
_LEAST = 2.5  # what happened is visible, however short


def svg(chart: Chart) -> str:
    """The picture: as wide as its place, with a title and a description for who cannot see it."""
    scale = Scale(chart.start, chart.end)
    placed = _placed(chart, scale)
    bottom = placed[-1].bottom if placed else _TOP
    height = bottom + _BOTTOM
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{chart.key}-title {chart.key}-text" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="{chart.key}-title">{escape(chart.title)}</title>',
        f'<desc id="{chart.key}-text">{escape(chart.description)}</desc>',
        _pattern(chart.key),
        *_phases(chart, scale, bottom),
        *_axis(chart, scale, bottom),
        *(part for one in placed for part in _lane(one, scale, chart.key)),
        "</svg>",
    ]
    return "\n".join(parts)


@dataclass(frozen=True)
class _Placed:
    """A lane and where it is. `rows` is where each of its marks is, so that none hides another."""

    lane: Lane
    top: float
    rows: tuple[int, ...]

    @property
    def marks_top(self) -> float:
        return self.top + (_BAR if self.lane.bars else 0)

    @property
    def curve_top(self) -> float:
        numbered = any(mark.number is not None for mark in self.lane.marks)
        return self.marks_top + (_ROW * (max(self.rows) + 1) if numbered else 0) + 2

    @property
    def bottom(self) -> float:
        height = self.curve_top - 2 + (_CURVE + 2 if self.lane.curve else 0)
        return max(height, self.top + (_NOTED if self.lane.note else _BAR)) + _GAP


def _placed(chart: Chart, scale: Scale) -> list[_Placed]:
    placed: list[_Placed] = []
    top = float(_TOP)
    for lane in chart.lanes:
        inside = [one for one in lane.marks if scale.shows(one.at)]
        seen = replace(lane, marks=folded(inside, scale))
        placed.append(_Placed(seen, top, rows(seen.marks, scale)))
        top = placed[-1].bottom
    return placed


def _pattern(key: str) -> str:
    """Loss is hatched, so that it shows without colours too."""
    return (
        f'<defs><pattern id="{key}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="lost-ground" width="6" height="6"/>'
        '<rect class="lost-line" width="2.5" height="6"/></pattern></defs>'
    )


def _phases(chart: Chart, scale: Scale, bottom: float) -> Iterator[str]:
    for phase in chart.phases:
        x, width = scale.span(phase.start, phase.end)
        if width <= 0:
            continue
        yield (
            f'<rect class="phase {phase.kind}" x="{x:.1f}" y="4" width="{width:.1f}" '
            f'height="{bottom - 4:.1f}"/>'
        )
        if width > len(phase.label) * _LETTER:
            yield _text(x + 6, 19, phase.label, "phase-name")


def _axis(chart: Chart, scale: Scale, bottom: float) -> Iterator[str]:
    for at, label in ticks(chart.start, chart.end):
        x = scale.x(at)
        yield f'<line class="grid" x1="{x:.1f}" y1="{_TOP - 6}" x2="{x:.1f}" y2="{bottom}"/>'
        yield _text(x, bottom + 16, label, "tick", "middle")


def _lane(placed: _Placed, scale: Scale, key: str) -> Iterator[str]:
    lane, top = placed.lane, placed.top
    yield f'<g role="group" aria-label={quoteattr(lane.name)}>'
    yield _text(8, top + (10 if lane.note else 15), lane.name, "lane-name")
    if lane.note:
        yield _text(8, top + 24, lane.note, "lane-note")
    for stretch in lane.bars:
        yield from _bar(stretch, top, scale, key)
    for mark, row in zip(lane.marks, placed.rows):
        yield from _mark(mark, placed, row, scale)
    if lane.curve is not None:
        yield from _curve(lane.curve, placed.curve_top, scale)
    yield "</g>"


def _bar(stretch: Bar, top: float, scale: Scale, key: str) -> Iterator[str]:
    x, width = scale.span(stretch.start, stretch.end)
    if stretch.end < scale.start or stretch.start > scale.end:
        return
    width = max(width, _LEAST)
    fill = f' style="fill:url(#{key}-hatch)"' if stretch.kind == LOST else ""
    hint = f"<title>{escape(stretch.hint)}</title>" if stretch.hint else ""
    yield (
        f'<rect class="bar {stretch.kind}" x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" '
        f'height="{_BAR - 4}" rx="2"{fill}>{hint}</rect>'
    )
    if stretch.label and width > len(stretch.label) * _LETTER + 8:
        ground = len(stretch.label) * _LETTER + 10
        if stretch.kind == LOST:
            yield (
                f'<rect class="plate" x="{x + width / 2 - ground / 2:.1f}" y="{top + 1.5:.1f}" '
                f'width="{ground:.1f}" height="15" rx="3"/>'
            )
        yield _text(x + width / 2, top + 13, stretch.label, f"on-bar on-{stretch.kind}", "middle")


def _mark(mark: Mark, placed: _Placed, row: int, scale: Scale) -> Iterator[str]:
    x, hint = scale.x(mark.at), f"<title>{escape(mark.hint)}</title>"
    if mark.number is None:
        y = placed.top + (_BAR - 4) / 2
        yield (
            f'<path class="cross {mark.kind}" d="M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8">'
            f"{hint}</path>"
        )
        return
    y, wide = placed.marks_top + row * _ROW + RADIUS, half(mark)
    yield (
        f'<rect class="mark {mark.kind}" x="{x - wide:.1f}" y="{y - RADIUS:.1f}" '
        f'width="{2 * wide:.1f}" height="{2 * RADIUS}" rx="{RADIUS}">{hint}</rect>'
    )
    yield _text(x, y + 4, badge(mark), "number", "middle")


def _curve(curve: Curve, top: float, scale: Scale) -> Iterator[str]:
    seen = [value for at, value in curve.worst if scale.shows(at) and not math.isnan(value)]
    most = max(seen, default=0.0)
    ceiling = _ceiling(most)
    yield _text(LEFT - 6, top + 9, f"{ceiling:g} {curve.unit}", "lane-note", "end")
    yield _text(LEFT - 6, top + _CURVE, "0", "lane-note", "end")
    for points, name in ((curve.worst, "worst"), (curve.usual, "usual")):
        for run in _runs(points, scale):
            path = "L".join(
                f"{scale.x(at):.1f} {top + _CURVE * (1 - value / ceiling):.1f}" for at, value in run
            )
            yield f'<path class="curve {name}" d="M{path}"/>'


def _runs(
    points: Iterable[tuple[float, float]], scale: Scale
) -> Iterator[list[tuple[float, float]]]:
    """The points in sight, between the gaps; a gap is a NaN."""
    run: list[tuple[float, float]] = []
    for at, value in points:
        if math.isnan(value) or not scale.shows(at):
            if run:
                yield run
            run = []
        else:
            run.append((at, value))
    if run:
        yield run


def _ceiling(value: float) -> float:
    """A round number that is no less."""
    if value <= 0:
        return 1.0
    scale = 10.0 ** math.floor(math.log10(value))
    return next(one * scale for one in (1, 2, 5, 10) if one * scale >= value * 0.999999)


def _text(x: float, y: float, text: str, name: str, anchor: str = "start") -> str:
    return (
        f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
    )

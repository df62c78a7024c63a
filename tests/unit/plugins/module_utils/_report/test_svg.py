# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import math
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.netops.floating_ip.plugins.module_utils._report import chart
from ansible_collections.netops.floating_ip.plugins.module_utils._report.chart import (
    Bar,
    Chart,
    Curve,
    Lane,
    Mark,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.svg import svg
from ansible_collections.netops.floating_ip.plugins.module_utils._report.svg_scale import (
    LEFT,
    RIGHT,
    WIDTH,
    Scale,
    ticks,
)

SPACE = "{http://www.w3.org/2000/svg}"


def drawn(
    *lanes: Lane, start: float = 0.0, end: float = 10.0, **more: object
) -> ElementTree.Element:
    made = Chart("key", "A <title>", "What & how", start, end, lanes, **more)  # type: ignore[arg-type]  # keywords
    return ElementTree.fromstring(svg(made))


def boxes(root: ElementTree.Element, kind: str) -> list[tuple[float, float]]:
    found = [one for one in root.iter(f"{SPACE}rect") if one.get("class") == f"bar {kind}"]
    return [(float(one.get("x", "")), float(one.get("width", ""))) for one in found]


def texts(root: ElementTree.Element) -> list[str]:
    return [str(one.text) for one in root.iter(f"{SPACE}text")]


def test_who_cannot_see_it_gets_a_title_and_a_description() -> None:
    root = drawn()
    assert root.get("role") == "img" and root.get("aria-labelledby") == "key-title key-text"
    found = {one.get("id"): one.text for one in root}
    assert found["key-title"] == "A <title>" and found["key-text"] == "What & how"


def test_a_bar_lies_where_its_seconds_are() -> None:
    root = drawn(Lane("client", (Bar(2.5, 5.0, chart.UP, "up", 'a "hint" <'),)))
    room = WIDTH - LEFT - RIGHT
    ((x, width),) = boxes(root, "up")
    assert (x, width) == (pytest.approx(LEFT + room / 4, abs=0.1), pytest.approx(room / 4, abs=0.1))
    assert 'a "hint" <' in [one.text for one in root.iter(f"{SPACE}title")]


def test_what_lies_outside_is_not_drawn_and_what_sticks_out_is_cut() -> None:
    outside, across = Bar(-5.0, -1.0, chart.UP), Bar(8.0, 30.0, chart.DOWN)
    root = drawn(Lane("one", (outside, across), (Mark(11.0, chart.FAILED, "late"),)))
    assert boxes(root, "up") == [] and not list(root.iter(f"{SPACE}path"))
    ((x, width),) = boxes(root, "down")
    assert x + width == pytest.approx(WIDTH - RIGHT, abs=0.2)


def test_a_loss_is_visible_however_short_and_hatched_for_who_sees_no_colours() -> None:
    root = drawn(Lane("client", (Bar(5.0, 5.0001, chart.LOST),)))
    ((_x, width),) = boxes(root, "lost")
    assert width >= 2
    (lost,) = [one for one in root.iter(f"{SPACE}rect") if one.get("class") == "bar lost"]
    assert lost.get("style") == "fill:url(#key-hatch)"
    assert [one.get("id") for one in root.iter(f"{SPACE}pattern")] == ["key-hatch"]


def test_a_label_stands_only_where_it_fits() -> None:
    wide, narrow = Bar(0.0, 5.0, chart.UP, "up"), Bar(6.0, 6.1, chart.DOWN, "down")
    assert {"up", "down"} & set(texts(drawn(Lane("one", (wide, narrow))))) == {"up"}


def test_numbers_at_one_moment_stand_below_each_other() -> None:
    marks = tuple(Mark(5.0, chart.STEP, str(n), n) for n in range(1, 4))
    root = drawn(Lane("what", marks=marks))
    places = badges(root)
    assert len(set(places)) == 3 and len({x for x, _y in places}) == 1
    assert float(root.get("viewBox", "").split()[3]) > max(float(y or 0) for _x, y in places)


def badges(root: ElementTree.Element) -> list[tuple[str | None, str | None]]:
    """Where the numbered marks are."""
    found = [one for one in root.iter(f"{SPACE}rect") if "mark" in str(one.get("class")).split()]
    return [(one.get("x"), one.get("y")) for one in found]


def test_a_crowd_of_numbers_is_one_mark_that_names_them_all() -> None:
    near = [Mark(5.0 + n / 100, chart.DECISION, f"{n}. said", n) for n in range(3, 12)]
    root = drawn(Lane("what", marks=(*near, Mark(9.0, chart.STEP, "12. done", 12))))
    assert {"3\u201311", "12"} <= set(texts(root)) and len(badges(root)) == 2
    assert "7. said" in ElementTree.tostring(root, encoding="unicode")


def test_crosses_without_a_number_are_all_drawn() -> None:
    crosses = tuple(Mark(5.0, chart.FAILED, "a probe failed") for _n in range(9))
    numbers = tuple(Mark(5.0, chart.STEP, str(n), n) for n in range(1, 4))
    root = drawn(Lane("db-a", marks=(*numbers, *crosses)))
    assert len(badges(root)) == 3
    assert len([one for one in root.iter(f"{SPACE}path") if "cross" in str(one.get("class"))]) == 9


def test_a_curve_has_gaps_and_names_its_ceiling() -> None:
    worst = ((1.0, 3.0), (2.0, 4.2), (3.0, math.nan), (4.0, 1.0), (5.0, 2.0), (99.0, 800.0))
    root = drawn(Lane("client", curve=Curve((), worst, "ms")))
    paths = [one.get("d", "") for one in root.iter(f"{SPACE}path")]
    assert len(paths) == 2 and "5 ms" in texts(root) and "nan" not in "".join(paths)


def test_phases_are_named_above_the_lanes() -> None:
    phases = (Bar(0.0, 4.0, "plain", "before"), Bar(20.0, 30.0, "plain", "after"))
    assert "before" in texts(drawn(phases=phases)) and "after" not in texts(drawn(phases=phases))


@given(st.floats(-10, 1000), st.floats(0.01, 5000))
def test_the_axis_has_a_few_round_numbers_inside(start: float, length: float) -> None:
    found = list(ticks(start, start + length))
    assert len(found) <= 12
    assert all(start - 1e-6 <= at <= start + length + 1e-6 for at, _label in found)
    assert len({label for _at, label in found}) == len(found)


def test_seconds_are_written_with_the_digits_that_they_need() -> None:
    assert [label for _at, label in ticks(0, 30)][:3] == ["0 s", "5 s", "10 s"]
    assert [label for _at, label in ticks(4.1, 4.9)][:2] == ["4.1 s", "4.2 s"]


def test_a_scale_of_no_length_divides_by_nothing() -> None:
    assert Scale(1.0, 1.0).x(1.0) == LEFT

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.chart import Chart
from ansible_collections.netops.floating_ip.plugins.module_utils._report.page import (
    BAD,
    GOOD,
    Part,
    Section,
    Table,
    Tile,
    page,
)

VOID = {"meta", "br", "link", "img"}


class Nesting(HTMLParser):
    """Every element that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def sections() -> tuple[Section, ...]:
    table = Table(("a", "b"), (("1", "<2>"), ("3", "4")), ("", "bad"))
    chart = Chart("k", "t", "d", 0.0, 1.0, ())
    return Section("First & last", "A text.", table=table), Section("Chart", chart=chart)


def made(title: str = "Drill of db") -> str:
    part = Part(title, "PASSED", GOOD, "It went well.", (Tile("1.3 s", "outage", BAD),), sections())
    return page(title, [part, part], "Written by a test.")


def test_it_is_whole_and_well_nested() -> None:
    parser = Nesting()
    parser.feed(made())
    assert parser.open == []
    assert {"main", "h1", "h2", "table", "svg", "footer"} <= set(parser.seen)


def test_it_needs_nothing_beside_itself() -> None:
    text = made()
    addresses = set(re.findall(r"https?://[^\"' <>]+", text))
    assert addresses == {"http://www.w3.org/2000/svg"}  # a name, which no browser asks for
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\((?!#)", text)


def test_it_is_for_light_dark_and_paper() -> None:
    text = made()
    assert "prefers-color-scheme:dark" in text and "@media print" in text
    assert '<html lang="en">' in text and 'name="viewport"' in text


@pytest.mark.parametrize("mark", ["&lt;script&gt;", "db &amp; co"])
def test_texts_cannot_break_out(mark: str) -> None:
    text = made("<script>alert(1)</script> db & co")
    assert mark in text and "<script>" not in text
    assert "&lt;2&gt;" in text


def test_the_verdict_comes_first() -> None:
    text = made()
    assert text.index("PASSED") < text.index("1.3 s") < text.index("First &amp; last")


def test_every_colour_that_is_used_is_defined_for_light_dark_and_print() -> None:
    text = made()
    used = set(re.findall(r"var\((--[a-z-]+)\)", text))
    light, dark, paper = (set(re.findall(r"(--[a-z-]+):", one)) for one in text.split(":root{")[1:])
    assert used <= light == dark == paper

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A page of HTML that needs nothing beside itself: no script, no font, no picture from elsewhere.

It is read on a screen, by light or dark, on paper, and by a screen reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Optional

from .chart import Chart
from .page_style import STYLE
from .svg import svg
from .wording import plain

GOOD, BAD, PLAIN = "good", "bad", "plain"


@dataclass(frozen=True)
class Tile:
    """A figure at a glance."""

    value: str
    label: str
    kind: str = PLAIN


@dataclass(frozen=True)
class Table:
    """`kinds` has the kind of each row, or nothing. `is_folded`: the reader opens it."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    title: str
    text: str = ""
    chart: Optional[Chart] = None
    table: Optional[Table] = None


@dataclass(frozen=True)
class Part:
    """What is told of one thing: the verdict, the figures, then everything about it."""

    title: str
    verdict: str
    kind: str
    sentence: str
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]


def page(title: str, parts: Sequence[Part], foot: str) -> str:
    """The whole page as text."""
    body = "\n".join(line for part in parts for line in _part(part))
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_shown(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n<footer>{_shown(foot)}</footer>\n</body>\n</html>\n"
    )


def _part(part: Part) -> Iterator[str]:
    yield "<article>"
    yield f'<header class="{part.kind}">'
    yield f'<p class="verdict">{_shown(part.verdict)}</p>'
    yield f"<h1>{_shown(part.title)}</h1>"
    yield f'<p class="sentence">{_shown(part.sentence)}</p>'
    yield "</header>"
    yield '<ul class="tiles">'
    for tile in part.tiles:
        yield (
            f'<li class="{tile.kind}"><strong>{_shown(tile.value)}</strong> '
            f"<span>{_shown(tile.label)}</span></li>"
        )
    yield "</ul>"
    for section in part.sections:
        yield from _section(section)
    yield "</article>"


def _section(section: Section) -> Iterator[str]:
    yield "<section>"
    yield f"<h2>{_shown(section.title)}</h2>"
    if section.text:
        yield f"<p>{_shown(section.text)}</p>"
    if section.chart is not None:
        yield f'<div class="figure">{svg(section.chart)}</div>'
    if section.table is not None:
        yield from _table(section.title, section.table)
    yield "</section>"


def _table(title: str, table: Table) -> Iterator[str]:
    yield f'<div class="scroll"><table aria-label="{escape(plain(title), quote=True)}">'
    heads = "".join(f'<th scope="col">{_shown(head)}</th>' for head in table.headers)
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for number, row in enumerate(table.rows):
        kind = f' class="{table.kinds[number]}"' if table.kinds else ""
        yield f"<tr{kind}>{''.join(f'<td>{_shown(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table></div>"


def _shown(text: str) -> str:
    return escape(plain(text), quote=False)

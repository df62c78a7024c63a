# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The chapters as text: for the terminal, and as docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Sequence

from .chapter import Chapter
from .figures import Promise
from .machine import Machine

Table = Sequence[Sequence[str]]
SUMMARY = ("what", "measured", "beside", "theirs", "ratio", "verdict")
TITLE = """\
# Benchmarks

Written by `./dev bench`; do not edit. The first table has everything that the design promises, and
what was measured beside it in the same run: **ratio** is how many times ours theirs is. The
chapters below say how.
"""
TUNING = """\
Written by `./dev bench tuning`; do not edit. [monitor.md](monitor.md#how-soon-it-notices) says why
the defaults are what they are; this is what was measured of them and of what stands beside them.
"""


def summary(chapters: Sequence[Chapter]) -> Table:
    """The one table: what all chapters promise and compare."""
    lines = [_line(promise) for chapter in chapters for promise in chapter.promises]
    return (SUMMARY, *lines)


def aligned(table: Table) -> str:
    """Columns as wide as they must be: the first to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in table
    )


def markdown(table: Table) -> str:
    heading, *lines = table
    rule = ["---", *["---:"] * (len(heading) - 1)]
    return "\n".join(f"| {' | '.join(line)} |" for line in (heading, rule, *lines))


def for_terminal(chapters: Sequence[Chapter]) -> str:
    parts = []
    for chapter in chapters:
        parts += [chapter.title, aligned(chapter.table), *chapter.remarks]
    return "\n\n".join([*parts, aligned(summary(chapters))])


def document(chapters: Sequence[Chapter], missing: Sequence[str], machine: Machine) -> str:
    """docs/benchmarks.md. `missing`: chapters that were not measured."""
    parts = [TITLE, markdown(summary(chapters)) + "\n"]
    if missing:
        parts.append(f"Not measured: {', '.join(missing)}.\n")
    for chapter in chapters:
        parts += [f"## {chapter.title}\n", markdown(chapter.table) + "\n", chapter.legend]
        parts += [f"{remark}\n" for remark in chapter.remarks]
    return "\n".join([*parts, "## Machine\n", *described(machine, chapters)]) + "\n"


def of_tuning(chapter: Chapter, machine: Machine) -> str:
    """docs/tuning.md."""
    parts = [f"# {chapter.title}\n", TUNING, markdown(chapter.table) + "\n", chapter.legend]
    return "\n".join([*parts, "## Machine\n", *described(machine, [chapter])]) + "\n"


def described(machine: Machine, chapters: Sequence[Chapter]) -> list[str]:
    versions = ", ".join(f"{name} {version}" for name, version in machine.versions)
    loads = ", ".join(f"{chapter.name} {chapter.load:.2f}" for chapter in chapters if chapter.load)
    return [
        f"* {machine.processor}; {machine.cores} cores, {machine.memory_gib:.1f} GiB of memory",
        f"* {machine.system}, {machine.python}",
        f"* {versions}",
        f"* load before each chapter: {loads}",
    ]


def _line(promise: Promise) -> tuple[str, ...]:
    verdict = {True: "kept", False: "BROKEN", None: ""}[promise.is_kept]
    compared = (promise.beside, promise.theirs, promise.ratio)
    return (promise.text, promise.measured, *compared, verdict)

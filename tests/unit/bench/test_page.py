# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import platform

from ansible_collections.netops.floating_ip.tests.bench.chapter import Chapter
from ansible_collections.netops.floating_ip.tests.bench.figures import Promise, Row, Sample
from ansible_collections.netops.floating_ip.tests.bench.machine import (
    Machine,
    memory_of,
    processor_of,
    this_machine,
)
from ansible_collections.netops.floating_ip.tests.bench.moves_table import HEADINGS, cells_of
from ansible_collections.netops.floating_ip.tests.bench.page import (
    aligned,
    document,
    for_terminal,
    markdown,
    of_tuning,
    summary,
)

ROW = Row("move, buckets", 200, (Sample(30.31, 30.42, 9), Sample(30.33, 30.44, 8)), 30.0, 0.3)
KEPT = Promise("it is fast", "0.1 s", True)
COMPARED = Promise("it is short", "0.5 s", None, "something else", "1.0 s", "2")
MACHINE = Machine("A processor", 2, 7.8, "Linux 6.1", "CPython 3.11.7", (("moto", "5.2.5"),))
CHAPTER = Chapter(
    "moves",
    "Moves",
    (HEADINGS, cells_of(ROW)),
    "How it was measured.\n",
    (KEPT, COMPARED),
    ("Something else.",),
    0.25,
)


def test_a_line_has_a_cell_for_each_heading() -> None:
    cells = cells_of(ROW)
    assert len(cells) == len(HEADINGS)
    assert cells[:4] == ("move, buckets", "200", "2", "30.31")
    assert cells[7:] == ("30.00", "1.011", "9", "101.4")


def test_what_a_row_does_not_have_stays_empty() -> None:
    assert cells_of(Row("move", 1, (Sample(0.0034, 0.006),)))[3:] == (
        *("0.003", "0.003", "0.003", "0.006"),
        *("", "", "", ""),
    )


def test_figures_stand_under_each_other() -> None:
    assert aligned([("what", "n"), ("a", "100"), ("long name", "7")]) == (
        "what         n\na          100\nlong name    7"
    )


def test_a_page_begins_with_the_one_table_and_ends_with_the_machine() -> None:
    page = document([CHAPTER], ["scale"], MACHINE)
    assert "\n| it is fast | 0.1 s |  |  |  | kept |\n" in page
    assert "\n| it is short | 0.5 s | something else | 1.0 s | 2 |  |\n" in page
    assert page.index("it is fast") < page.index("\n## Moves\n") < page.index("How it was")
    assert markdown(CHAPTER.table) in page and "\nSomething else.\n" in page
    assert "\nNot measured: scale.\n" in page
    assert "\n* A processor; 2 cores, 7.8 GiB of memory\n* Linux 6.1, CPython 3.11.7\n" in page
    assert page.endswith("* moto 5.2.5\n* load before each chapter: moves 0.25\n")
    assert "\n\n\n" not in page
    assert max(map(len, page.splitlines())) <= 120


def test_the_defaults_have_a_page_of_their_own() -> None:
    page = of_tuning(CHAPTER, MACHINE)
    assert page.startswith("# Moves\n\nWritten by `./dev bench tuning`")
    assert markdown(CHAPTER.table) in page and "\n## Machine\n" in page
    assert "\n\n\n" not in page


def test_a_broken_promise_cannot_be_overlooked() -> None:
    broken = Promise("it is small", "9 MB", False)
    assert summary([Chapter("a", "A", ((),), "", (broken,))])[1][-1] == "BROKEN"
    assert "BROKEN" in for_terminal([Chapter("a", "A", (("x",),), "", (broken,))])


def test_a_processor_is_called_what_the_kernel_calls_it() -> None:
    assert processor_of("processor\t: 0\nmodel name\t: Some  CPU @ 2 GHz\n\nmodel name\t: X\n") == (
        "Some CPU @ 2 GHz"
    )
    assert processor_of("Hardware : a board\n") is None


def test_memory_is_in_gib() -> None:
    assert memory_of("MemFree: 1 kB\nMemTotal:       16777216 kB\n") == 16.0
    assert memory_of("") == 0.0


def test_a_machine_is_described_without_its_name() -> None:
    machine = this_machine((("netops.floating_ip", "1.0.0"),))
    assert platform.node() not in (machine.processor, machine.system, machine.python)
    assert machine.versions[-1] == ("netops.floating_ip", "1.0.0")
    assert all(version for name, version in machine.versions)

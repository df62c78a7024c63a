# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The drill's page in a real browser. The pictures stay in .cache/drill, to be looked at."""

from __future__ import annotations

import pathlib
import re
from collections import Counter

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill_page import (
    page_of,
)
from ansible_collections.netops.floating_ip.tests.integration.drill.browser import (
    BROWSER,
    HEIGHT,
    MISSING,
    PICTURES,
    WIDTH,
    browse,
    colours,
    picture,
    size_of,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations import (
    drills,
)

GOOD, LOST = (0x0B, 0x6E, 0x4F), (0xC6, 0x2F, 0x24)  # of the verdict, and of lost packets, by light
NIGHT = (0x15, 0x18, 0x1C)

pytestmark = pytest.mark.skipif(
    BROWSER is None,
    reason=MISSING,
)


def pictured(page: pathlib.Path, name: str, *options: str) -> Counter[tuple[int, ...]]:
    """The colours of a screenshot, and how many pixels have each."""
    png = picture(page, name, *options)
    assert size_of(png) == (WIDTH, HEIGHT)
    return colours(png)


@pytest.fixture
def page(tmp_path: pathlib.Path) -> pathlib.Path:
    file = tmp_path / "drill.html"
    file.write_text(page_of([drills.by_a_stopped_service()]), encoding="utf-8")
    return file


def test_a_browser_shows_the_verdict_and_the_loss_by_light(page: pathlib.Path) -> None:
    seen = pictured(page, "light")
    assert seen[255, 255, 255] > sum(seen.values()) / 3
    assert seen[GOOD] > 20 and seen[LOST] > 20


def test_by_dark_it_is_dark(page: pathlib.Path) -> None:
    seen = pictured(page, "dark", "--blink-settings=preferredColorScheme=0")
    assert seen[NIGHT] > sum(seen.values()) / 3 and seen[255, 255, 255] == 0


def test_a_failure_looks_like_one(page: pathlib.Path) -> None:
    page.write_text(page_of([drills.that_failed()]), encoding="utf-8")
    assert pictured(page, "failed")[0xFB, 0xEA, 0xE8] > 500  # the ground of a failed verdict


def test_it_can_be_printed(page: pathlib.Path) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    printed = PICTURES / "drill.pdf"
    printed.unlink(missing_ok=True)
    browse(page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    pages = len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))
    assert 2 <= pages <= 6

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.wording import (
    lasting,
    many,
    plain,
)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 ms"), (0.032, "32 ms"), (0.31, "0.31 s"), (4.12, "4.1 s"), (312.4, "312 s")],
)
def test_a_duration_has_about_three_digits(seconds, text):
    assert lasting(seconds) == text


def test_a_number_has_its_noun():
    assert (many(1, "cell"), many(1234, "cell")) == ("1 cell", "1,234 cells")


def test_a_text_is_one_printable_line():
    assert plain("a\nb\t c\x07") == "a b c?"

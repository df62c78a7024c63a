# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._report.results import (
    WIDTH,
    lines_of,
)

CHECKS = [
    {"check": "address", "ok": True, "text": "db: 100.64.10.10 is on ens5."},
    {"check": "monitor", "ok": False, "text": "There is no monitor on this host: deploy."},
    {"check": "clock", "ok": None, "text": "The clock is wrong, " + "and wrong " * 12},
]


def test_a_host_is_a_sentence_and_a_line_for_each_check() -> None:
    host = {"target": "db-a", "ready": False, "readiness": CHECKS}
    lines = lines_of({"host": host, "msg": "x"})
    assert lines[:3] == [
        "db-a is NOT ready.",
        "ok     db: 100.64.10.10 is on ens5.",
        "WRONG  There is no monitor on this host: deploy.",
    ]
    assert lines[3].startswith("note   The clock is wrong")
    assert lines[4].startswith("       and wrong")
    assert max(map(len, lines)) <= WIDTH


def test_a_host_that_could_not_be_looked_at_is_told_by_its_message() -> None:
    assert list(lines_of({"failed": True, "msg": "No python."})) == ["No python."]

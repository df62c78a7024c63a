# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import textwrap

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._report.table import (
    errors_of,
    rows_of,
    summary,
    table,
)


def item(number: int, action: str = "moved", error: str | None = None) -> dict[str, object]:
    place = {"kind": "route", "id": f"rtb-{number}", "address": "100.64.10.10"}
    return {**place, "before": "eni-a", "after": "eni-b", "action": action, "error": error}


def entry(*items: dict[str, object], **changes: object) -> dict[str, object]:
    return {"name": "db", "holder": "db-b", "was": "db-a", "items": [*items], **changes}


def test_a_result_becomes_a_short_table():
    result = {"floating_ips": [entry({**item(1), "seconds": 0.25}, {**item(2), "before": None})]}
    assert table(rows_of(result)) == textwrap.dedent(
        """\
        floating IP  item                was    is     action  seconds
        -----------  ------------------  -----  -----  ------  -------
        db           rtb-1 100.64.10.10  eni-a  eni-b  moved      0.25
        db           rtb-2 100.64.10.10  -      eni-b  moved         -"""
    )


def test_a_table_without_rows_is_its_headers():
    assert table([], ("a", "bc")) == "a  bc\n-  --"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (
            entry(*map(item, range(50)), seconds=0.31),
            "db moved from db-a to db-b: 50 of 50 cells in 0.31 s",
        ),
        (entry(item(1)), "db moved from db-a to db-b: 1 of 1 cell"),
        (entry(item(1), was=None), "db moved to db-b: 1 of 1 cell"),
        (entry(item(1), item(2, "left"), was="db-b"), "db was repaired at db-b: 2 of 2 cells"),
        (entry(item(1), holder=None), "db was released by db-a: 1 of 1 cell"),
        (entry(item(1, "left"), was="db-b"), "db is at db-b: nothing to change"),
        (entry(holder=None), "db is at no target: nothing to change"),
        (
            entry(item(1), item(2, "failed", "no"), item(3, "conflict", "no"), holder=None),
            "db did not move completely, and is at no single target: "
            "1 of 3 cells; 1 conflict, 1 failed",
        ),
    ],
)
def test_a_result_is_told_in_one_sentence(told, sentence):
    assert summary(told) == sentence


def test_errors_name_their_floating_ip_and_item():
    result = {"floating_ips": [entry(item(1), item(2, "failed", "AWS refuses it"))]}
    assert errors_of(result) == ["db, rtb-2: AWS refuses it"]

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._ansible.answer import (
    SHOWN_ERRORS,
    Refused,
    answer_of,
    answer_of_info,
    refuse,
)


def item(action: str = "moved", **keys: Any) -> dict[str, Any]:
    return {
        "kind": "route",
        "id": "rtb-1",
        "address": "100.64.10.10",
        "before": "eni-1",
        "after": "eni-2",
        "action": action,
        "error": None,
        **keys,
    }


def entry(name: str = "db", *items: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {
        "name": name,
        "holder": "b",
        "was": "a",
        "seconds": 0.31,
        "items": list(items or [item()]),
        **keys,
    }


def test_entries_are_sorted_and_what_moved_is_changed() -> None:
    answer = answer_of([entry("web"), entry("db", item("left"))], check_mode=False)
    assert [one["name"] for one in answer.values["floating_ips"]] == ["db", "web"]
    assert (answer.changed, answer.failed) == (True, False)
    assert answer.msg.startswith("db is at b: nothing to change. web moved from a to b: 1 of 1")


@pytest.mark.parametrize(
    ("action", "changed", "failed"),
    [
        ("moved", True, False),
        ("left", False, False),
        ("failed", False, True),
        ("conflict", False, True),
        ("unverified", True, True),
    ],
)
def test_a_cell_that_is_not_right_fails_the_task(action: str, changed: bool, failed: bool) -> None:
    answer = answer_of([entry("db", item(action))], check_mode=False)
    assert (answer.changed, answer.failed) == (changed, failed)


def test_check_mode_returns_the_same_keys_and_tells_no_time() -> None:
    real, predicted = (answer_of([entry()], check_mode=mode) for mode in (False, True))
    assert real.result().keys() == predicted.result().keys()
    assert "0.31 s" in real.msg
    assert "0.31 s" not in predicted.msg


def test_only_the_first_errors_are_told() -> None:
    many = [item("failed", id=f"rtb-{n}", error=f"Wrong {n}.") for n in range(SHOWN_ERRORS + 2)]
    answer = answer_of([entry("db", *many)], check_mode=False)
    assert "Wrong 4." in answer.msg
    assert "Wrong 5." not in answer.msg
    assert answer.msg.endswith("There are 2 more errors in the result.")


def test_the_diff_has_a_line_for_each_item() -> None:
    check = item(kind="source_dest_check", id="eni-1", address=None, before=True, after=False)
    answer = answer_of([entry("db", item(), check)], check_mode=False)
    assert answer.diff == {
        "before": "db route rtb-1 100.64.10.10: eni-1\ndb source_dest_check eni-1: on\n",
        "after": "db route rtb-1 100.64.10.10: eni-2\ndb source_dest_check eni-1: off\n",
    }


def test_an_entry_that_is_named_after_its_address_says_so_once() -> None:
    answer = answer_of([entry("100.64.10.10", item(before=None))], check_mode=False)
    assert answer.diff is not None
    assert answer.diff["before"] == "100.64.10.10 route rtb-1: nothing\n"


def test_no_problem_is_no_refusal_and_each_problem_is_told_once() -> None:
    refuse([])
    with pytest.raises(Refused, match=r"\ADo this\.\Z"):
        refuse(["Do this.", "Do this."])
    with pytest.raises(Refused, match=r"(?s)2 problems:.- Do this\..- Do that\."):
        refuse(["Do this.", "Do that."])


def test_information_fails_only_where_nothing_could_be_read() -> None:
    good = {"name": "db", "holder": "a", "holding": "held", "ready": True, "error": None}
    bad = {"name": "web", "holder": None, "holding": "unreadable", "ready": False, "error": "No."}
    assert answer_of_info([bad, good]).failed is False
    assert answer_of_info([bad]).failed is True
    assert answer_of_info([good]).msg == "db is at a, and ready."

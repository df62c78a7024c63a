# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.filter.end_to_end import FilterModule

end_to_end = FilterModule().filters()["end_to_end"]


def asked(host: str, *healths: str, **more: Any) -> dict[str, Any]:
    targets = {"targets": [{"health": health} for health in healths]} if healths else {}
    return {"inventory_hostname": host, "asked": {**targets, **more}}


def test_without_clients_nothing_is_verified_and_nothing_has_failed():
    (line,) = end_to_end([], "asked")["lines"]
    assert "not verified end to end" in line and "floating_ip_clients" in line
    assert end_to_end([], "asked")["failed"] == []


def test_it_is_verified_from_those_that_reach_every_address():
    found = end_to_end([asked("c-1", "up", "up"), asked("c-2", "up")], "asked")
    assert found == {"lines": ["This was verified end to end from c-1, c-2."], "failed": []}


def test_it_fails_from_one_that_does_not_reach_one_of_them():
    found = end_to_end([asked("c-1", "up"), asked("c-2", "up", "down", msg="Refused.")], "asked")
    assert found["failed"] == ["c-2"]
    assert found["lines"][1] == "From c-2 it FAILS end to end: Refused."


@pytest.mark.parametrize(
    ("client", "why"),
    [
        (asked("c-1", "up", "unknown", msg="It may not ping."), "It may not ping."),
        (asked("c-1", unreachable=True, msg="No route."), "No route."),
        (asked("c-1", skipped=True), "it was not asked."),
        (asked("c-1"), "it failed without a word."),
        ({"inventory_hostname": "c-1"}, "this run did not reach it."),
    ],
)
def test_one_that_cannot_tell_has_verified_nothing_and_is_no_failure(client, why):
    line = f"This was not verified end to end from c-1: {why}"
    assert end_to_end([client], "asked") == {"lines": [line], "failed": []}

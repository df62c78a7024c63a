# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.network import (
    RouteTable,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.provisioning_marks import (
    Mark,
    both,
    mark_of,
    marks_in,
    names_in,
    tags_by_id,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine import vpc


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        (Mark(("100.64.10.10", "fd00:64::10")), "100.64.10.10 fd00:64::10"),
        (Mark((), True), "source-dest-check was on"),
        (Mark((), False), "source-dest-check was off"),
        (Mark(("10.0.1.9",), True), "10.0.1.9 source-dest-check was on"),
    ],
)
def test_a_mark_is_read_back_from_its_text(mark: Mark, text: str) -> None:
    assert mark.text == text
    assert mark_of({"floating-ip:db": text}, "db") == mark


def test_what_a_person_wrote_into_a_tag_means_nothing() -> None:
    assert mark_of({"floating-ip:db": "by hand, 1.2.3, 010.0.0.1"}, "db") == Mark()
    assert mark_of({"floating-ip:db": ""}, "db") == Mark()


def test_tags_of_others_are_no_mark() -> None:
    tags = {"floating-ip": "db", "Name": "x", "floating-ip:web": "100.64.10.20"}
    assert mark_of(tags, "db") is None
    assert names_in(tags) == ("web",)
    assert marks_in(tags) == {"web": Mark(("100.64.10.20",))}


def test_a_mark_for_both_names_the_addresses_of_both() -> None:
    old, new = Mark(("100.64.10.10",), True), Mark(("100.64.10.11", "100.64.10.10"))
    assert both(old, new) == Mark(("100.64.10.10", "100.64.10.11"), True)
    assert both(old, Mark((), False)).check_was_on is False


def test_the_tags_of_tables_and_interfaces_are_found_by_id() -> None:
    table = RouteTable("rtb-1", "vpc-1", tags={"a": "b"})
    assert tags_by_id([table], vpc.INTERFACES[:1]) == {"rtb-1": {"a": "b"}, "eni-a": {}}

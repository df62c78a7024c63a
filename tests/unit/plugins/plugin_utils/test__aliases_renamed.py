# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of an address whose floating IP has another name now."""

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.plugin_utils._aliases import Wish, plan
from ansible_collections.netops.floating_ip.tests.unit.plugins.plugin_utils.aliases import (
    ADDRESS,
    DB,
    DEFINED,
    GOING,
    HERE,
    WEB,
    definition,
    look,
    rows,
)


def test_a_new_name_for_an_address_takes_over_its_row_and_its_label():
    renamed = [definition("primary", "100.64.10.10", "fd12::10"), DEFINED[1]]
    there = (f"eth0 eth0:0 {ADDRESS}", "eth0 - fd12::10/128", "eth0 eth0:1 100.64.10.20/32")
    table = look(DB, "db always eth0 - fd12::10/128", WEB, addresses=there)
    found = plan(renamed, table, HERE)
    row = DB.replace("db", "primary")
    assert found["rows"] == [row, "primary always eth0 - fd12::10/128", WEB]
    assert (found["going"], found["differs"], found["orphans"]) == ([], False, [])
    both = [definition("db", "100.64.10.10", state="absent", targets=[]), renamed[0]]
    assert rows(both, table) == [row, "primary always eth0 - fd12::10/128", WEB]


def test_a_new_name_is_taken_over_by_a_run_that_is_about_it_alone():
    renamed = [definition("primary", "100.64.10.10"), DEFINED[1]]
    row = DB.replace("db", "primary")
    assert rows(renamed, look(DB, WEB), Wish("db-a", ("primary",))) == [row, WEB]
    assert rows(renamed, look(DB, WEB), Wish("db-a", ("web",))) == [DB, WEB]
    assert rows(renamed, look(DB, WEB), Wish("db-a", ("primary",), present=False)) == [WEB]


def test_an_address_that_went_to_other_targets_with_its_new_name_goes():
    renamed = [definition("primary", "100.64.10.10", targets=[{"name": "db-b"}])]
    found = plan(renamed, look(DB), HERE)
    assert (found["rows"], found["going"]) == ([], [GOING])


def test_names_that_change_places_keep_their_labels():
    """Each of them is on the host, so neither is new."""
    swapped = [definition("db", "100.64.10.20"), definition("web", "100.64.10.10")]
    assert rows(swapped, look(DB, WEB)) == [
        "db always eth0 eth0:0 100.64.10.20/32",
        "web always eth0 eth0:1 100.64.10.10/32",
    ]


def test_what_a_rename_leaves_over_is_an_orphan_still():
    renamed = [definition("primary", "100.64.10.10")]
    found = plan(renamed, look(DB, "db always eth0 - fd12::10/128"), HERE)
    assert found["rows"] == ["db always eth0 - fd12::10/128", DB.replace("db", "primary")]
    assert found["orphans"] == ["db"]

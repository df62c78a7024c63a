# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.iam_scopes import Found
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.found import found_in

TARGETS = [
    {"name": "a", "network_interface_id": "eni-1"},
    {"name": "b", "network_interface_id": None},
]


def test_information_tells_tables_and_interfaces() -> None:
    items = [{"kind": "route", "id": "rtb-2"}, {"kind": "route", "id": "rtb-1"}]
    entry = {"name": "db", "items": items, "targets": TARGETS}
    assert found_in([entry]) == {"db": Found(("rtb-1", "rtb-2"), ("eni-1",))}


def test_instances_are_told_where_drills_may_stop_them() -> None:
    targets = [{"name": "a", "instance_id": "i-1"}, {"name": "b", "instance_id": None}]
    entry = {"name": "db", "items": [], "targets": targets}
    assert found_in([entry], stops=True) == {"db": Found(instances=("i-1",))}
    assert found_in([entry]) == {"db": Found()}


def test_what_a_provisioning_removed_is_no_part_any_more() -> None:
    items = [
        {"kind": "route", "id": "rtb-1", "after": "eni-1"},
        {"kind": "route", "id": "rtb-2", "after": None},
        {"kind": "tag", "id": "rtb-3", "after": "x"},
    ]
    assert found_in([{"name": "db", "items": items}]) == {"db": Found(("rtb-1",), ())}

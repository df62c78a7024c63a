# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks at several floating IPs at once."""

from __future__ import annotations

import pathlib

from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.looking import (
    Asked,
    look_at_all,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    floating_ip,
)

THREE = tuple(floating_ip(f"db{n}", 10 + n) for n in range(3))


def test_one_call_reads_the_cells_of_all_again(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, *THREE)
    edge = stage.loop.acts.edge
    full = look_at_all(edge, [Asked(one, None) for one in THREE])
    calls = len(stage.cloud.calls)
    again = look_at_all(edge, [Asked(one, full[one.name]) for one in THREE])
    assert stage.cloud.calls[calls:] == ["describe_route_tables"]
    assert {name: one.readings for name, one in again.items()} == {
        name: one.readings for name, one in full.items()
    }


def test_some_may_be_resolved_while_others_are_read_again(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, *THREE)
    edge = stage.loop.acts.edge
    full = look_at_all(edge, [Asked(THREE[0], None)])
    both = look_at_all(edge, [Asked(THREE[0], full["db0"]), Asked(THREE[1], None)])
    assert {name: len(one.readings) for name, one in both.items()} == {"db0": 2, "db1": 2}


def test_a_read_that_fails_keeps_what_was_resolved(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, *THREE)
    edge = stage.loop.acts.edge
    full = look_at_all(edge, [Asked(THREE[0], None)])
    stage.outage.on = True
    again = look_at_all(edge, [Asked(THREE[0], full["db0"])])["db0"]
    assert again.error is not None and again.places == full["db0"].places

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a window hands to the next."""

from __future__ import annotations

import os
import pathlib
from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    MoveRecord,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import (
    Decision,
    Verdict,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Health,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.handover import (
    VARIABLE,
    hand_over,
    taken_over,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)


def test_the_schedule_and_what_was_told_arrive(tmp_path: pathlib.Path) -> None:
    watch = Stage(tmp_path).run(5).loop.watches["db"]
    watch.told.decision = Decision(Verdict.MOVE, "why", to="b", alarm=True)
    environment: dict[str, str] = {}
    hand_over([watch], environment)
    assert os.get_inheritable(int(environment[VARIABLE]))
    handed = taken_over(environment)
    assert environment == {} and handed is not None
    assert (handed["db"].next_round, handed["db"].left_at) == (watch.next_round, watch.saved_at)
    assert handed["db"].health == {"a": Health.UP, "b": Health.UP}
    assert handed["db"].decision == watch.told.decision
    assert handed["db"].context is None  # it is on disk


def test_a_context_that_is_not_on_disk_goes_too_unless_it_is_huge(tmp_path: pathlib.Path) -> None:
    watch = Stage(tmp_path).run(5).loop.watches["db"]
    watch.problem = "the disk is full"
    environment: dict[str, str] = {}
    hand_over([watch], environment)
    handed = taken_over(environment)
    assert handed is not None and handed["db"].context == watch.context
    move = MoveRecord(1.0, "", None, "b", "monitor", "x" * 3_000_000)
    watch.context = replace(watch.context, moves=(move,))
    hand_over([watch], environment)
    handed = taken_over(environment)
    assert handed is not None and handed["db"].context is None
    assert handed["db"].next_round == watch.next_round


def test_where_nothing_was_handed_over_it_is_a_first_window(tmp_path: pathlib.Path) -> None:
    assert taken_over({}) is None
    assert taken_over({VARIABLE: "none"}) is None
    with (tmp_path / "file").open("wb") as file:
        assert taken_over({VARIABLE: str(file.fileno())}) is None
        os.fstat(file.fileno())  # and it is left alone
    assert taken_over({VARIABLE: "987654"}) == {}


def test_what_cannot_be_read_is_a_window_without_a_schedule() -> None:
    listen, tell = os.pipe()
    os.write(tell, b'{"db": {}}')
    os.close(tell)
    assert taken_over({VARIABLE: str(listen)}) == {}

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a monitor begins."""

from __future__ import annotations

import pathlib

from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    START,
    always,
    until,
)


def test_a_start_in_another_boot_keeps_the_history_once(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x")).run(40)
    stage.boot = "another boot"
    stage.scripts.update(a=always("+"))
    stage.restart(after=-START + 20.0 - 40)  # the clock starts again
    stage.run(stage.seconds + 40)
    moves = stage.context().moves
    assert len(moves) == 1 and moves[0].at <= stage.clock.now


def test_an_observer_on_a_target_takes_for_itself_only(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"))
    stage.target = "c"
    stage.loop = stage.start()
    assert stage.loop.watches["db"].observer.target is None
    stage.target = "b"
    stage.loop = stage.start()
    stage.run(30)
    assert stage.holders() == {"b"}

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files of a watch."""

from __future__ import annotations

import pathlib

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Pause
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.orders import (
    drain,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.contexts import (
    SAVE_INTERVAL,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)


def test_run_lengths_are_saved_now_and_then(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(SAVE_INTERVAL - 1)
    assert not stage.context().runs
    stage.run(SAVE_INTERVAL + 2)
    assert stage.context().run_of("a").length >= SAVE_INTERVAL - 1


def test_everything_is_saved_at_the_end(tmp_path: pathlib.Path) -> None:
    from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.assemble import (
        end,
    )

    stage = Stage(tmp_path).run(10)
    end(stage.loop)
    assert stage.context().run_of("a").length >= 10
    assert stage.told["db"]["stopped"]
    assert stage.said(Kind.STOPPED) == ["The monitor has stopped."]


def test_what_was_paused_before_the_start_stays_paused(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path)
    stage.store().pause("db", Pause("ann", "", "noon"))
    stage.restart(after=1)
    stage.run(3)
    assert stage.told["db"]["paused"]


def test_an_unreadable_pause_pauses(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=lambda seconds: "+" if seconds < 5 else "x")
    (tmp_path / "db.pause.json").write_text("{", encoding="utf-8")
    stage.run(20)
    assert stage.moves() == [] and "paused by unreadable" in stage.sentence()


def test_a_drain_survives_a_restart(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(5)
    stage.change(lambda context: drain(context, "b"))
    stage.run(6)
    stage.restart(after=100)
    stage.run(stage.seconds + 5)
    assert stage.told["db"]["drained"] == ["b"]


def test_a_context_that_cannot_be_saved_stops_nothing_and_is_told_once(
    tmp_path: pathlib.Path,
) -> None:
    directory = tmp_path / "context"
    directory.mkdir()
    stage = Stage(directory, a=lambda seconds: "+" if seconds < 40 else "x")
    (directory / "db.json.new").mkdir()
    (directory / "db.json.new" / "in the way").touch()
    stage.run(70)
    assert stage.holders() == {"b"}
    assert len(stage.said(Kind.PROBLEM)) == 1
    assert "kept in memory only" in str(stage.told["db"]["problem"])


def test_a_context_that_is_broken_at_the_start_is_told(tmp_path: pathlib.Path) -> None:
    (tmp_path / "db.json").write_text("nonsense", encoding="utf-8")
    stage = Stage(tmp_path).run(3)
    (problem,) = stage.said(Kind.PROBLEM)
    assert "db.json.corrupt-" in problem

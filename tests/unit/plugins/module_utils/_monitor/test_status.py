# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The status of a watch."""

from __future__ import annotations

import pathlib
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Context
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import (
    Decision,
    Observer,
    Verdict,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.status import (
    REFRESH,
    StatusBoard,
    status_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.watch import Watch
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    floating_ip,
)


class Board:
    """A board whose writes are kept, and its clock."""

    def __init__(self) -> None:
        self.now = 100.0
        self.written: list[dict[str, Any]] = []
        self.board = StatusBoard(
            lambda name, status: self.written.append(status), lambda: self.now, lambda: "noon", "b"
        )


def watch_with(reason: str, verdict: Verdict = Verdict.HOLD) -> Watch:
    watch = Watch(floating_ip(), Observer(), Context(), 0.0)
    watch.decision = Decision(verdict, reason, to="b")
    return watch


def test_a_status_is_written_when_it_changes_and_as_a_sign_of_life() -> None:
    stage = Board()
    watch = watch_with("a holds it")
    for moment in (100.0, 101.0, 100.0 + REFRESH):
        stage.now = moment
        stage.board.show([watch])
    assert [one["at"] for one in stage.written] == [100.0, 100.0 + REFRESH]


def test_seconds_that_pass_are_no_change() -> None:
    stage = Board()
    for seconds in (9, 8):
        stage.board.show([watch_with(f"in {seconds} s")])
    assert [one["sentence"] for one in stage.written] == ["in 9 s"]


def test_the_last_one_says_that_nobody_watches_any_more() -> None:
    stage = Board()
    stage.board.show([watch_with("a holds it")])
    stage.board.close([watch_with("a holds it")])
    assert [one["stopped"] for one in stage.written] == [False, True]


def test_what_it_does_is_a_sentence_too() -> None:
    def sentence(verdict: Verdict) -> object:
        return status_of(watch_with("a is down", verdict), 0.0)["sentence"]

    assert sentence(Verdict.LOOK) == "It looks at AWS: a is down"
    assert sentence(Verdict.MOVE) == "It moves to b: a is down"
    undecided = Watch(floating_ip(), Observer(), Context(), 0.0)
    assert status_of(undecided, 0.0)["sentence"] == "It has not decided anything yet."


def test_a_look_hides_neither_the_words_nor_the_alarm_of_before_until_it_takes_long() -> None:
    """Who asks in just that moment gets the answer of the moments around it."""
    stage = Board()
    watch = watch_with("nobody is up")
    watch.decision = watch.told.decision = Decision(Verdict.HOLD, "nobody is up", alarm=True)
    stage.board.show([watch])
    watch.decision, watch.told.looking_since = Decision(Verdict.LOOK, "it is time"), stage.now
    for stage.now in (100.1, 101.9, 102.1):
        stage.board.show([watch])
    told = [(one["at"], one["sentence"], one["alarm"]) for one in stage.written]
    assert told == [
        (100.0, "nobody is up", True),
        (102.1, "It looks at AWS: it is time", False),
    ]


def test_the_keys_are_always_the_same(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(5)
    assert sorted(stage.told["db"]) == [
        "alarm",
        "at",
        "boot_id",
        "drained",
        "has_word",
        "health",
        "holder",
        "holding",
        "is_target_known",
        "name",
        "paused",
        "problem",
        "sentence",
        "stopped",
        "target",
        "time",
        "verdict",
    ]
    assert stage.told["db"]["sentence"] == "a holds it and is up; b is ready"

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The word for this host's alias, in virtual time."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    OPERATOR,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import (
    Observer,
    started,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.host import (
    HOLDS,
    forget_others,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    Script,
    floating_ip,
    until,
)

WRITES = ("replace_route", "create_route")


def staged(directory: pathlib.Path, own: str, alias: str = "holder", **scripts: Script) -> Stage:
    definition: FloatingIp = replace(floating_ip(), alias=alias)
    (directory / "runtime").mkdir(exist_ok=True)
    stage = Stage(directory, definition, **scripts)
    stage.loop.watches["db"].observer = Observer(own)
    return stage


def words(stage: Stage) -> list[str]:
    holds = stage.runtime / "holds"
    return sorted(os.listdir(holds)) if holds.exists() else []


def test_the_holder_has_it_and_the_others_have_not(tmp_path: pathlib.Path) -> None:
    stage = staged(tmp_path, "a").run(5)
    assert words(stage) == ["db"] and stage.told["db"]["has_word"] is True
    stage.loop.watches["db"].observer = Observer("b")
    stage.run(40)
    assert words(stage) == [] and stage.told["db"]["has_word"] is False


@pytest.mark.parametrize("there", [None, 0o700], ids=["made now", "made by an older one"])
def test_everybody_may_read_the_words_whatever_the_umask(
    tmp_path: pathlib.Path, there: int | None
) -> None:
    """As the unit's umask would keep them from the service that follows them."""
    stage = staged(tmp_path, "a")
    if there is not None:
        (stage.runtime / HOLDS).mkdir(there)
    before = os.umask(0o077)
    try:
        stage.run(5)
    finally:
        os.umask(before)
    assert (stage.runtime / HOLDS).stat().st_mode & 0o777 == 0o755
    assert words(stage) == ["db"]


def test_it_is_there_before_the_first_write_of_a_move_to_this_host(tmp_path: pathlib.Path) -> None:
    stage = staged(tmp_path, "b", a=until(5, "+", "x"))
    seen: list[tuple[str, Sequence[str]]] = []
    stage.cloud.seen_calls.append(lambda n: seen.append((stage.cloud.calls[n], words(stage))))
    stage.run(10)
    assert stage.holders() == {"b"} and words(stage) == ["db"]
    assert [word for call, word in seen if call in WRITES] == [["db"], ["db"]]
    assert next(word for call, word in seen if call not in WRITES) == []


def test_a_move_that_an_operator_announced_counts_from_then_on(tmp_path: pathlib.Path) -> None:
    stage = staged(tmp_path, "b", b=until(15, "+", "x")).run(10)

    def announce() -> None:
        now = stage.clock.now
        stage.change(
            lambda c: started(c, stage.definitions[0], "b", OPERATOR, "", now, "", now + 10)
        )

    announce()
    stage.run(11)
    assert words(stage) == ["db"]
    stage.run(19)
    assert words(stage) == ["db"] and stage.holders() == {"a"}
    stage.run(25)  # it never came, and b is down: the next look shows that a has it still
    assert words(stage) == []


def test_it_is_gone_once_a_look_shows_another_and_stays_while_none_does(
    tmp_path: pathlib.Path,
) -> None:
    stage = staged(tmp_path, "a").run(5)
    stage.outage.on = True
    stage.point("eni-b")
    stage.run(100)
    assert words(stage) == ["db"]
    stage.outage.on = False
    stage.run(140)
    assert words(stage) == []
    stage.point("eni-x")
    stage.run(180)
    assert words(stage) == []


def test_cells_that_disagree_or_lead_nowhere_change_nothing(tmp_path: pathlib.Path) -> None:
    stage = staged(tmp_path, "a").run(5)
    stage.loop.watches["db"].observer = Observer("a", is_known=False)  # it shall not mend them
    stage.point("eni-b", "rtb-1")
    stage.run(40)
    assert words(stage) == ["db"]


def test_an_alias_that_is_always_there_needs_no_word(tmp_path: pathlib.Path) -> None:
    stage = staged(tmp_path, "a", alias="always").run(5)
    assert words(stage) == [] and stage.told["db"]["has_word"] is None
    (stage.runtime / "holds").mkdir()
    (stage.runtime / "holds" / "db").touch()
    stage.run(40)
    assert words(stage) == []  # of a time when it was not always there


def test_without_a_directory_it_says_so_and_moves_all_the_same(tmp_path: pathlib.Path) -> None:
    stage = staged(tmp_path, "b", a=until(5, "+", "x"))
    stage.runtime.rmdir()
    stage.runtime.touch()
    stage.run(40)
    assert stage.holders() == {"b"}
    problems = stage.said(Kind.PROBLEM)
    assert len(problems) == 1 and "alias of this host cannot be switched" in problems[0]


def test_a_word_outlives_a_change_of_windows(tmp_path: pathlib.Path) -> None:
    stage = staged(tmp_path, "a").run(5)
    seen: list[Any] = []
    stage.cloud.seen_calls.append(lambda _number: seen.append(words(stage)))
    stage.target = "a"
    stage.in_windows(3).run(20)
    assert len(stage.renewed) >= 3 and all(word == ["db"] for word in seen)


def test_the_word_for_what_is_defined_no_more_is_taken_back(tmp_path: pathlib.Path) -> None:
    forget_others(str(tmp_path), {"db"})  # no word was ever given
    for name in ("db", "web"):
        (tmp_path / HOLDS).mkdir(exist_ok=True)
        (tmp_path / HOLDS / name).touch()
    forget_others(str(tmp_path), {"db"})
    assert os.listdir(tmp_path / HOLDS) == ["db"]

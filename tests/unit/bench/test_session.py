# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from ansible_collections.netops.floating_ip.tests.bench.chapter import Chapter
from ansible_collections.netops.floating_ip.tests.bench.plan import FULL, QUICK
from ansible_collections.netops.floating_ip.tests.bench.session import NAMES, Session
from ansible_collections.netops.floating_ip.tests.bench.stand import BenchFailed


@dataclass
class Rehearsed(Session):
    """Measures nothing, and notes what it was to measure."""

    done: list[str] = field(default_factory=list)
    broken: tuple[str, ...] = ()

    def _play(self, name: str) -> None:
        self.done.append(name)
        if name in self.broken:
            raise BenchFailed(f"{name} broke.")

    def moves(self) -> None:
        self._play("moves")

    def playbooks(self) -> None:
        self._play("playbooks")

    def scale(self) -> None:
        self._play("scale")

    def break_ours(self) -> None:
        self._play("ours")

    def break_theirs(self) -> None:
        self._play("theirs")

    def break_on_a_lan(self) -> None:
        self._play("lan")

    def build_hosts(self) -> None:
        self._play("build")

    def wait_for_hosts(self) -> None:
        self._play("wait")


def nobody(_chapter: Chapter) -> None:
    """Takes what is told, and does nothing."""


def test_the_hosts_stand_idle_while_all_but_the_runbooks_is_measured() -> None:
    with ExitStack() as opened:
        session = Rehearsed(FULL, nobody, opened)
        session.run(NAMES)
    assert session.done[:2] == ["playbooks", "build"] and session.done[-1] == "wait"
    assert sorted(session.done[2:-1]) == ["moves", "ours", "scale", "theirs"]


def test_what_the_whole_took_is_told_only_of_the_whole() -> None:
    told: list[Chapter] = []
    with ExitStack() as opened:
        Rehearsed(FULL, told.append, opened).run(["outage"])
        assert told == []
        Rehearsed(FULL, told.append, opened).run(NAMES)
    (whole,) = told
    assert [line[0] for line in whole.table][-1] == "all of it"
    assert whole.promises[0].is_kept


def test_only_what_was_asked_for_is_measured() -> None:
    with ExitStack() as opened:
        session = Rehearsed(FULL, nobody, opened)
        session.run(["outage"])
    assert session.done == ["ours", "theirs"]


def test_what_fails_keeps_nothing_else_from_being_measured() -> None:
    with ExitStack() as opened:
        session = Rehearsed(FULL, nobody, opened, broken=("ours", "moves"))
        with pytest.raises(BenchFailed, match=r"ours broke\. moves broke\."):
            session.run(NAMES)
    assert len(session.done) == 7


def test_a_short_run_has_every_part_and_one_pair_of_hosts() -> None:
    with ExitStack() as opened:
        session = Rehearsed(QUICK, nobody, opened)
        session.run(NAMES)
    assert sorted(session.done) == ["build", "lan", "moves", "ours", "playbooks", "scale", "wait"]

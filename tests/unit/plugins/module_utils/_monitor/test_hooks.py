# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hooks: when they are run, and with what."""

from __future__ import annotations

import pathlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Hooks as Commands,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.children import (
    Ended,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.events import Reporter
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.hooks import (
    Hooks,
    News,
    Told,
    environment_of,
    is_due,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import (
    Event,
    Kind,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    floating_ip,
)

DEFINITION = replace(floating_ip(), hooks=Commands(("up", "1"), ("down",), 5.0))
OURS = News(DEFINITION, "a", True, "a")
THEIRS = News(DEFINITION, "a", False, "b")


@dataclass
class Shell:
    """Hooks of one host, whose programs are not run but noted."""

    directory: pathlib.Path
    ran: list[tuple[str, ...]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    ended: Ended = field(default_factory=lambda: Ended(0))
    go_on: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.go_on.set()

    def start(self, boot: str = "boot") -> Hooks:
        report = Reporter(self.events.append, lambda: 0.0, lambda: "noon")
        return Hooks(str(self.directory), boot, report, self.run)

    def run(self, command: tuple[str, ...], *_more: object) -> Ended:
        assert self.go_on.wait(10)
        self.ran.append(command)
        return self.ended


@pytest.fixture
def shell(tmp_path: pathlib.Path) -> Shell:
    return Shell(tmp_path)


def play(hooks: Hooks, *news: News) -> None:
    for one in news:
        hooks.tell(one)
        _await(lambda: hooks.is_idle)
    hooks.close()


def _await(condition: Callable[[], bool]) -> None:
    for _try in range(2000):
        if condition():
            return
        threading.Event().wait(0.002)
    raise AssertionError("it did not happen")


def test_each_change_is_told_once(shell: Shell) -> None:
    play(shell.start(), OURS, OURS, THEIRS, THEIRS, OURS)
    assert shell.ran == [("up", "1"), ("down",), ("up", "1")]
    assert [event.kind for event in shell.events] == [Kind.NOTICE] * 3
    assert shell.events[0].data["what"] == "hook" and shell.events[0].target == "a"


def test_after_a_restart_nothing_is_told_twice(shell: Shell) -> None:
    play(shell.start(), OURS)
    play(shell.start(), OURS)
    play(shell.start(), THEIRS)
    play(shell.start(), THEIRS)
    assert shell.ran == [("up", "1"), ("down",)]


def test_after_a_boot_a_holder_is_told_again(shell: Shell) -> None:
    play(shell.start(), OURS)
    play(shell.start("another"), OURS)
    play(shell.start("a third"), THEIRS)
    play(shell.start("a fourth"), THEIRS)
    assert shell.ran == [("up", "1"), ("up", "1"), ("down",)]


def test_who_never_had_it_has_not_lost_it(shell: Shell) -> None:
    play(shell.start(), THEIRS, OURS)
    assert shell.ran == [("up", "1")]


def test_a_hook_that_fails_is_a_problem_and_not_run_again(shell: Shell) -> None:
    shell.ended = Ended(2, 0.1, "no")
    play(shell.start(), OURS)
    play(shell.start(), OURS)
    (problem,) = shell.events
    assert problem.kind is Kind.PROBLEM and problem.data["output"] == "no"
    assert problem.sentence == "The hook on_gained, up, ended with 2 in 0.1 s: no."


def test_one_that_the_end_cut_off_is_run_again(shell: Shell) -> None:
    shell.ended = Ended(None, is_cut_off=True)
    play(shell.start(), OURS)
    shell.ended = Ended(0)
    play(shell.start(), OURS)
    assert len(shell.ran) == 2 and len(shell.events) == 1


def test_while_one_runs_only_the_last_news_counts(shell: Shell) -> None:
    shell.go_on.clear()
    hooks = shell.start()
    hooks.tell(OURS)
    for news in (THEIRS, OURS, THEIRS):
        hooks.tell(news)
    assert not hooks.is_idle
    shell.go_on.set()
    _await(lambda: hooks.is_idle)
    hooks.close()
    assert shell.ran in ([("up", "1"), ("down",)], [])


def test_a_directory_that_is_missing_is_told_and_stops_nothing(tmp_path: pathlib.Path) -> None:
    shell = Shell(tmp_path / "none")
    play(shell.start(), OURS, THEIRS)
    assert len(shell.ran) == 2
    assert any("may be run again after a restart" in e.sentence for e in shell.events)


def test_only_what_is_defined_is_run_or_remembered(shell: Shell) -> None:
    without = floating_ip()
    play(shell.start(), OURS._replace(definition=without))
    assert not list(shell.directory.iterdir())
    only_up = replace(without, hooks=Commands(on_gained=("up",)))
    play(shell.start(), News(only_up, "a", True, "a"), News(only_up, "a", False, None))
    assert shell.ran == [("up",)]


def test_the_environment_says_what_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", "@x")
    environment = environment_of(THEIRS._replace(holder=None))
    ours = {name: value for name, value in environment.items() if name.startswith("FLOATING_IP_")}
    assert ours == {
        "FLOATING_IP_NAME": "db",
        "FLOATING_IP_TARGET": "a",
        "FLOATING_IP_HOLDER": "",
        "FLOATING_IP_ADDRESSES": "100.64.10.10",
    }
    assert "PATH" in environment and "NOTIFY_SOCKET" not in environment


def test_what_is_due() -> None:
    assert is_due(None, True, "x") and not is_due(None, False, "x")
    assert not is_due(Told(True, "x"), True, "x") and is_due(Told(True, "y"), True, "x")
    assert is_due(Told(True, "y"), False, "x") and not is_due(Told(False, "y"), False, "x")

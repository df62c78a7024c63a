# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the monitor refuses before it starts."""

from __future__ import annotations

import argparse

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._cli import monitor
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.course import Ending
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.handover import VARIABLE
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.run import Setup
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._cli.conftest import (
    Host,
)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Setup]:
    """The monitors that would have run."""
    setups: list[Setup] = []
    monkeypatch.setattr(monitor, "run_monitor", lambda setup, _edge: setups.append(setup))
    return setups


def test_it_watches_what_is_present_and_tells_what_is_not_sound(
    host: Host, begun: list[Setup]
) -> None:
    host.define("gone.json", name="gone", addresses=["100.64.10.11"], state="absent")
    (host.definitions / "bad.json").write_text("{}", encoding="utf-8")
    assert host.run("monitor", "--target", "b").code == 0
    (setup,) = begun
    assert [one.name for one in setup.definitions] == ["db"]
    assert setup.target == "b" and len(setup.problems) == 1 and "bad.json" in setup.problems[0]


def test_with_nothing_to_watch_it_is_refused(host: Host, begun: list[Setup]) -> None:
    host.define(state="absent")
    assert host.run("monitor").code == 4 and begun == []


def test_a_target_that_nobody_defined_is_refused(host: Host, begun: list[Setup]) -> None:
    """Otherwise a typing error would make it an observer that may move anything."""
    done = host.run("monitor", "--target", "c")
    assert done.code == 4 and "there are a, b" in done.err and begun == []


def test_a_missing_context_directory_is_made(host: Host, begun: list[Setup]) -> None:
    host.context.rmdir()
    assert host.run("monitor").code == 0
    assert host.context.stat().st_mode & 0o777 == 0o750


def test_one_that_cannot_be_made_is_told_and_stops_nothing(host: Host, begun: list[Setup]) -> None:
    host.context.rmdir()
    host.context.write_text("a file", encoding="utf-8")
    done = host.run("monitor")
    assert done.code == 0 and len(begun) == 1
    assert "cannot be used" in done.err


def test_a_second_one_is_refused(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []

    def run_another(_setup: Setup, _edge: object) -> None:
        if not codes:
            codes.append(-1)
            codes[0] = host.run("monitor").code

    monkeypatch.setattr(monitor, "run_monitor", run_another)
    assert host.run("monitor").code == 0
    assert codes == [4]


def test_events_that_cannot_be_written_are_refused(host: Host, begun: list[Setup]) -> None:
    done = host.run("monitor", "--events", str(host.definitions))
    assert done.code == 4 and "The events cannot be written to" in done.err and begun == []


def test_the_target_is_optional() -> None:
    parser = argparse.ArgumentParser()
    monitor.add_to(parser.add_subparsers(), argparse.ArgumentParser(add_help=False))
    assert parser.parse_args(["monitor"]).target is None


@pytest.mark.parametrize(
    ("who", "target", "asks"),
    [([], None, True), (["--target", "a"], "a", False), (["--observer"], None, False)],
)
def test_who_this_host_is_is_said_or_asked_for(
    host: Host, begun: list[Setup], who: list[str], target: str | None, asks: bool
) -> None:
    assert host.run("monitor", *who).code == 0
    (setup,) = begun
    assert (setup.target, setup.identify is not None) == (target, asks)


def test_both_at_once_are_a_wrong_command_line(host: Host, begun: list[Setup]) -> None:
    with pytest.raises(SystemExit):
        host.run("monitor", "--observer", "--target", "a")
    assert begun == []


@pytest.mark.parametrize("text", ["nan", "inf", "-3", "0.5", "soon"])
def test_a_window_that_is_none_is_a_wrong_command_line(
    host: Host, begun: list[Setup], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        host.run("monitor", "--window", text)
    assert begun == [] and "give 0, or at least 1" in capsys.readouterr().err


def test_a_window_may_be_short_or_last_for_ever(host: Host, begun: list[Setup]) -> None:
    for text in ("0", "1"):
        host.run("monitor", "--window", text)
    assert [one.window for one in begun] == [0.0, 1.0]


def test_a_window_lasts_ten_minutes_by_default(host: Host, begun: list[Setup]) -> None:
    host.run("monitor")
    assert begun[0].window == 600.0


def test_the_runtime_directory_is_the_service_manager_s_or_given(
    host: Host, begun: list[Setup], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
    host.run("monitor")
    monkeypatch.setenv("RUNTIME_DIRECTORY", "/run/floating-ip:/run/other")
    host.run("monitor")
    host.run("monitor", "--runtime", "/run/mine")
    assert [one.runtime for one in begun] == [None, "/run/floating-ip", "/run/mine"]


def test_an_obstacle_to_the_next_window_is_told(host: Host, begun: list[Setup]) -> None:
    host.run("monitor", "--target", "b")
    (setup,) = begun
    assert setup.obstacle() is None
    (host.definitions / "bad.json").write_text("{}", encoding="utf-8")
    assert setup.obstacle() is None  # it stops only its own
    (host.definitions / "db.json").write_text("{}", encoding="utf-8")
    problem = setup.obstacle()
    assert problem is not None and "goes on with the definitions that it has" in problem
    assert "db.json" in problem and "bad.json" in problem
    host.define(targets=[])
    assert setup.obstacle() is not None


def test_one_that_goes_on_obeys_whoever_takes_its_last_definition_away(
    host: Host, begun: list[Setup], monkeypatch: pytest.MonkeyPatch
) -> None:
    host.run("monitor", "--target", "b")
    host.define(state="absent")
    assert begun[0].obstacle() is None
    (host.definitions / "db.json").unlink()
    assert begun[0].obstacle() is None
    assert host.run("monitor", "--target", "b").code == 4  # a new one has nothing to do
    monkeypatch.setenv(VARIABLE, "9")  # which the window before it leaves
    assert host.run("monitor", "--target", "b").code == 0
    assert [one.name for one in begun[-1].definitions] == []


def test_one_whose_definitions_cannot_be_listed_goes_on_with_those_that_it_has(
    host: Host, begun: list[Setup]
) -> None:
    host.run("monitor")
    host.definitions.rename(host.definitions.with_name("away"))
    assert begun[0].obstacle() is not None


@pytest.mark.parametrize("ending", [Ending.RENEWED, Ending.ABANDONED])
def test_how_a_window_ended_decides_what_follows(
    host: Host, monkeypatch: pytest.MonkeyPatch, ending: Ending
) -> None:
    followed: list[object] = []
    monkeypatch.setattr(monitor, "run_monitor", lambda _setup, _edge: ending)
    monkeypatch.setattr(monitor, "execute_again", lambda: followed.append(Ending.RENEWED))
    monkeypatch.setattr(monitor, "leave", lambda _code: followed.append(Ending.ABANDONED))
    assert host.run("monitor").code == 0 and followed == [ending]

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""floating_ip_context on a directory of its own."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Context
from ansible_collections.netops.floating_ip.plugins.module_utils._store.clock import (
    boot_id,
    boottime,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.plugins.module_utils._store.status import write_status

CONTEXT = "floating_ip_context"
TARGETS = [
    {"name": "db-a", "instance_id": "i-0a1b2c3d", "probe_address": "10.0.1.10"},
    {"name": "db-b", "instance_id": "i-4e5f6a7b", "probe_address": "10.0.2.10"},
]


def definition(name: str, *targets: Any) -> dict[str, Any]:
    return {
        "name": name,
        "addresses": [f"100.64.10.{len(name)}"],
        "route_tables": {"ids": ["rtb-0a1b2c3d"]},
        "targets": list(targets or TARGETS),
    }


@pytest.fixture
def keep(run: Any, tmp_path: pathlib.Path) -> Callable[..., Any]:
    """The module on the test's own directory."""
    return lambda **options: run(CONTEXT, directory=str(tmp_path), **options)


@pytest.fixture
def monitored(tmp_path: pathlib.Path) -> None:
    """A monitor has been here, and runs."""
    FileStore(str(tmp_path)).update("db", lambda _context: Context(holder="db-a"))
    health = {"db-a": "up", "db-b": "down"}
    status = {"at": boottime(), "boot_id": boot_id(), "sentence": "All is well.", "health": health}
    write_status(str(tmp_path), "db", status)


@pytest.mark.usefixtures("monitored")
def test_reading_shows_what_a_running_monitor_knows(keep: Any) -> None:
    result = keep()
    assert (result["failed"], result["changed"]) == (False, False)
    assert (result.entry["name"], result.entry["holder"]) == ("db", "db-a")
    assert result.entry["health"] == {"db-a": "up", "db-b": "down"}
    assert result.entry["status"]["running"] is True


def test_the_health_that_a_dead_monitor_saw_is_unknown(keep: Any, tmp_path: pathlib.Path) -> None:
    status = {"at": boottime() - 60, "boot_id": boot_id(), "health": {"db-a": "up"}}
    write_status(str(tmp_path), "db", status)
    entry = keep().entry
    assert (entry["health"], entry["status"]["running"]) == ({"db-a": "unknown"}, False)


def test_a_host_without_a_context_has_nothing_to_tell(run: Any, tmp_path: pathlib.Path) -> None:
    assert run(CONTEXT, directory=str(tmp_path / "missing"))["floating_ips"] == []
    named = run(CONTEXT, directory=str(tmp_path / "missing"), floating_ips=[definition("db")])
    assert named.entry["holder"] is None


ORDERS = {
    "pause": ({"state": "paused", "reason": "upgrade"}, {"state": "resumed"}, "paused", True),
    "drain": (
        {"state": "drained", "target": "db-a"},
        {"state": "undrained", "target": "db-a"},
        "drained",
        ["db-a"],
    ),
}


@pytest.mark.parametrize(("order", "undo", "key", "value"), ORDERS.values(), ids=ORDERS)
def test_an_order_is_carried_out_once_and_undone_once(
    keep: Any, order: dict[str, Any], undo: dict[str, Any], key: str, value: Any
) -> None:
    given = {"floating_ips": [definition("db")]}
    before = keep(**given).entry
    assert keep(check=True, **given, **order)["changed"] is True
    assert keep(**given).entry == before
    done = keep(**given, **order)
    assert (done["failed"], done["changed"], done.entry[key]) == (False, True, value)
    assert done["diff"]["before"] != done["diff"]["after"]
    assert keep(**given, **order)["changed"] is False
    assert keep(**given).entry[key] == value
    assert keep(**given, **undo)["changed"] is True
    assert keep(**given).entry[key] == before[key]
    assert keep(**given, **undo)["changed"] is False


def test_a_pause_says_who_and_why(keep: Any) -> None:
    keep(names=["db"], state="paused", reason="upgrade", by="ada")
    pause = keep(names=["db"]).entry["pause"]
    assert (pause["by"], pause["reason"]) == ("ada", "upgrade")


def test_a_pause_that_cannot_be_read_pauses_and_can_be_ended(
    keep: Any, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "db.pause.json").write_text("", encoding="utf-8")
    assert keep().entry["paused"] is True
    assert keep(names=["db"], state="resumed")["changed"] is True
    assert keep(names=["db"]).entry["paused"] is False


def test_only_floating_ips_that_have_the_target_are_drained(keep: Any) -> None:
    other = [{**target, "name": f"web-{n}"} for n, target in enumerate(TARGETS)]
    given = [definition("db"), definition("web", *other)]
    result = keep(floating_ips=given, state="drained", target="db-a")
    assert result.entry["name"] == "db"
    wrong = keep(floating_ips=given, state="drained", target="db-c")
    assert (wrong["failed"], wrong["changed"]) == (True, False)
    assert wrong["msg"].startswith("No floating IP here has a target 'db-c': db has db-a, db-b;")


@pytest.mark.usefixtures("monitored")
def test_the_monitors_own_knowledge_stands_in_for_the_definitions(keep: Any) -> None:
    assert keep(state="drained", target="db-b").entry["drained"] == ["db-b"]
    assert keep(state="drained", target="db-z")["failed"] is True


def test_an_announced_move_keeps_monitors_away_until_it_is_concluded(
    keep: Any, tmp_path: pathlib.Path
) -> None:
    done = keep(state="announced", destinations={"db": "db-b"}, reason="rehearsal", seconds=90)
    intent = done.entry["intent"]
    assert (done["changed"], intent["to"], intent["moving"]) == (True, "db-b", True)
    assert (intent["source"], intent["reason"]) == ("operator", "rehearsal")
    kept = FileStore(str(tmp_path)).load("db").context
    assert kept.intent is not None
    assert 80 < kept.intent.marker_until - boottime() <= 90
    assert kept.boot_id == boot_id()
    assert keep(names=["db"], state="concluded")["changed"] is True
    assert keep(names=["db"], state="concluded")["changed"] is False
    assert keep(state="announced", destinations={"db": "db-a"}).entry["intent"]["epoch"] == 2


def test_a_reset_forgets_what_was_counted_and_then_has_nothing_to_forget(
    keep: Any, tmp_path: pathlib.Path
) -> None:
    assert keep(names=["db"], state="reset")["changed"] is False
    move = {"at": 1.0, "time": "", "origin": "a", "to": "b", "source": "monitor", "reason": ""}
    body = {"version": 1, "moves": [move]}
    (tmp_path / "db.json").write_text(json.dumps(body), encoding="utf-8")
    assert keep(names=["db"], state="reset")["changed"] is True
    assert keep(names=["db"], state="reset")["changed"] is False
    assert len(keep(names=["db"]).entry["moves"]) == 1


BAD = {
    "drain without a target": ({"state": "drained"}, "needs target"),
    "announce without a destination": ({"state": "announced"}, "needs destinations"),
    "announce everything": ({"state": "announced", "to": "db-a"}, "needs floating_ips or names"),
    "an unknown destination": (
        {"state": "announced", "to": "db-z", "floating_ips": [definition("db")]},
        "db has no target 'db-z'; it has db-a, db-b.",
    ),
    "an unknown name": ({"names": ["web"], "floating_ips": [definition("db")]}, "called 'web'"),
    "no name at all": ({"names": ["../db"], "state": "paused"}, "cannot be a floating IP's name"),
    "a broken definition": ({"floating_ips": [{"name": "db"}]}, "floating_ips[db].addresses"),
}


@pytest.mark.parametrize(("wrong", "said"), BAD.values(), ids=BAD)
def test_bad_input_fails_with_a_sentence_and_writes_nothing(
    keep: Any, tmp_path: pathlib.Path, wrong: dict[str, Any], said: str
) -> None:
    result = keep(**wrong)
    assert (result["failed"], result["changed"]) == (True, False)
    assert said in result["msg"]
    assert list(tmp_path.iterdir()) == []


def test_an_order_that_cannot_be_written_fails(run: Any, tmp_path: pathlib.Path) -> None:
    missing = str(tmp_path / "missing")
    for order in ({"state": "paused"}, {"state": "announced", "destinations": {"db": "db-a"}}):
        result = run(CONTEXT, directory=missing, names=["db"], **order)
        assert (result["failed"], result["changed"]) == (True, False), result
        assert "make the directory" in result["msg"]


def test_a_withdrawn_move_is_forgotten(keep: Any, tmp_path: pathlib.Path) -> None:
    FileStore(str(tmp_path)).update(
        "db", lambda _context: Context(holder="db-a", holding="held", boot_id=boot_id())
    )
    keep(state="announced", destinations={"db": "db-b"})
    gone = keep(names=["db"], state="withdrawn")
    intent = gone.entry["intent"]
    assert (gone["changed"], intent["to"], intent["moving"]) == (True, "db-a", False)
    assert keep(names=["db"], state="withdrawn")["changed"] is False


def test_a_move_to_a_drained_target_takes_force(keep: Any) -> None:
    keep(state="drained", target="db-b", floating_ips=[definition("db")])
    refused = keep(state="announced", destinations={"db": "db-b"})
    assert (refused["failed"], refused["changed"]) == (True, False)
    assert "Target db-b of db is drained here" in refused["msg"]
    assert keep(state="announced", destinations={"db": "db-b"}, force=True)["changed"] is True


def test_what_a_broken_context_costs_is_told_and_does_not_fail_a_reading(
    keep: Any, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "db.json").write_text("{", encoding="utf-8")
    result = keep()
    assert (result["failed"], result["changed"]) == (False, False)
    assert "An empty context takes its place" in result.entry["problem"]
    assert any("An empty context" in json.dumps(each) for each in result["warnings"])

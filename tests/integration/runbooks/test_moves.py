# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""failover and failback: told to every monitor, done in one call, reported in a table."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REFUSED = {"code": "UnauthorizedOperation", "status": 403, "message": "You may not.", "count": None}


def intent_in(directory: Path) -> Any:
    return json.loads((directory / "db.json").read_text(encoding="utf-8"))["intent"]


def by_file(answers: Path) -> dict[str, Any]:
    """A probe to which targets always answer, and floating addresses while the file is there."""
    script = f'case "$FLOATING_IP_ADDRESS" in 100.64.*) test -e {answers};; esac'
    return {"protocol": "command", "command": ["/bin/sh", "-c", script]}


def test_without_monitors_one_call_moves_fifty_tables(
    site: Any, world: Callable[..., Any], point: Any, routes: Any, emulator: Any
) -> None:
    net = world(tables=50)
    site.define("production", net)
    point(net.tables, net.eni("db-a"))
    emulator.clear_calls()
    checked = site.run("failover", "--check", floating_ip="db")
    assert (checked.code, emulator.counts().get("ReplaceRoute", 0)) == (0, 0), checked.output
    assert "In check mode: nothing was changed." in checked.output
    played = site.run("failover", "-e", "floating_ip=db")
    assert (played.code, played.changes) == (0, 1), played.output
    assert routes(net.tables) == [net.eni("db-b")] * 50
    assert emulator.counts()["ReplaceRoute"] == 50
    assert "db moved from db-a to db-b: 50 of 50 cells in" in played.output
    assert "This was not verified end to end: the environment has no host" in played.output
    assert "100.64.10.10  50 route tables  db-a  db-b  moved" in played.output
    assert max(map(len, played.output.splitlines()[:-10])) <= 100


def test_every_monitor_is_told_before_and_after(site: Any, production: Any, routes: Any) -> None:
    contexts = [site.observe("production", name) for name in ("db-a", "db-b")]
    played = site.run("failover", "-e", "floating_ip=db reason='a rehearsal'")
    assert (played.code, routes(production.tables)) == (0, [production.eni("db-b")] * 3)
    for directory in contexts:
        intent = intent_in(directory)
        assert (intent["to"], intent["source"], intent["epoch"]) == ("db-b", "operator", 1)
        assert intent["reason"] == "a rehearsal"
        assert intent["marker_until"] - intent["started_at"] < 30  # it was ended, not waited for
    assert played.output.index("Record where") < played.output.index("Give each address")
    # As a survey gives it: strings everywhere, and empty ones for what was not given.
    empty = {"to": "", "force": "false", "reason": "", "probe_from": ""}
    back = site.run("failback", floating_ip="db", **empty)
    assert (back.code, routes(production.tables)) == (0, [production.eni("db-a")] * 3), back.output
    again = site.run("failback", "-e", "{floating_ip: [db]}")
    assert (again.code, again.changes) == (0, 0), again.output
    assert "db is at db-a: nothing to change." in again.output
    assert intent_in(contexts[0])["epoch"] == 2  # what moves nothing is not announced


def test_a_move_of_which_one_monitor_cannot_be_told_does_not_begin(
    site: Any, production: Any, routes: Any
) -> None:
    told, deaf = (site.observe("production", name) for name in ("db-a", "db-b"))
    (deaf / "db.json.new").mkdir()  # so that no file can be written beside the context
    at_a, at_b = ([production.eni(name)] * 3 for name in ("db-a", "db-b"))
    played = site.run("failover", floating_ip="db")
    assert (played.code, routes(production.tables)) == (2, at_a), played.output
    assert "Nothing was moved as not every monitor could be told of it" in played.said
    assert "db-b: db: The context" in played.said
    assert intent_in(told)["moving"] is False  # else the monitor would finish what never began
    limited = site.run("failover", "--limit", "production-aws,db-a", floating_ip="db")
    assert (limited.code, routes(production.tables)) == (4, at_a)
    assert "The limit leaves out db-b whose monitors must be told" in limited.said
    forced = site.run("failover", floating_ip="db", force="true")
    assert (forced.code, routes(production.tables)) == (0, at_b), forced.output
    assert "By force and so without telling these monitors" in forced.said


def test_a_host_that_cannot_be_reached_stops_a_move_too(
    site: Any, production: Any, routes: Any
) -> None:
    site.observe("production", "db-a")
    site.observe(
        "production", "db-b", ansible_connection="ssh", ansible_host="127.0.0.1", ansible_port=1
    )
    played = site.run("failover", floating_ip="db")
    assert (played.code != 0, routes(production.tables)) == (True, [production.eni("db-a")] * 3)
    assert played.output.count("UNREACHABLE") == 1, played.output
    assert "db-b: " in played.said.partition("Nothing was moved")[2]
    forced = site.run("failover", "-e", "floating_ip=db force=yes")
    assert (forced.code, routes(production.tables)) == (0, [production.eni("db-b")] * 3)


def test_a_drained_target_is_passed_over_and_refused(
    site: Any, production: Any, routes: Any
) -> None:
    site.observe("production", "db-a")
    drained = site.run("drain", floating_ip="all", target="db-b", reason="a new kernel")
    assert (drained.code, drained.changes) == (0, 1), drained.output
    assert "drained and so not eligible: db-b" in drained.said
    for extra in ({}, {"to": "db-b"}):
        played = site.run("failover", floating_ip="db", **extra)
        assert (played.code, routes(production.tables)) == (2, [production.eni("db-a")] * 3)
        assert "Target db-b of db is drained; undrain it or set force." in played.said
    undrained = site.run("undrain", floating_ip="all", target="db-b")
    assert (undrained.code, undrained.changes) == (0, 1)
    assert site.run("failover", "-e", "floating_ip=[db] to=db-b").code == 0
    assert routes(production.tables) == [production.eni("db-b")] * 3


@pytest.mark.parametrize("with_monitor", [False, True])
def test_a_partial_move_fails_and_says_where_and_a_second_run_completes_it(
    site: Any, production: Any, routes: Any, emulator: Any, with_monitor: bool
) -> None:
    if with_monitor:
        directory = site.observe("production", "db-a")
    broken = production.tables[1]
    emulator.fault("error", "ReplaceRoute", params=broken, **REFUSED)
    played = site.run("failover", floating_ip="db", to="db-b")
    assert played.code == 2, played.output
    assert "db did not move completely and is at no single target: 2 of 3 cells" in played.said
    rows = [line.split() for line in played.output.splitlines() if "100.64.10.10  " in line]
    assert [row[2:-2] for row in rows if broken in row] == [[broken, "db-a", "db-a", "FAILED"]]
    assert ["2", "route", "tables", "db-a", "db-b", "moved"] in [row[2:-2] for row in rows]
    if with_monitor:
        assert intent_in(directory)["moving"] is True  # so that the monitor may complete it
    emulator.clear_faults()
    again = site.run("failover", floating_ip="db", to="db-b")
    assert (again.code, routes(production.tables)) == (0, [production.eni("db-b")] * 3)


def test_clients_are_asked_last_and_say_whether_they_reach_it(
    site: Any, world: Callable[..., Any], point: Any, routes: Any, tmp_path: Path
) -> None:
    """Their probe stands in for packets: the address answers while there is a file."""
    net, answers = world(tables=1), tmp_path / "answers"
    site.define("production", net, probe=by_file(answers))
    point(net.tables, net.eni("db-a"))
    directory = site.observe("production", "db-a")
    site.ask("production", "client-a")
    site.ask("production", "client-b", ansible_connection="ssh", ansible_port=9)
    failed = site.run("failover", floating_ip="db")
    assert (failed.code, routes(net.tables)) == (2, [net.eni("db-b")]), failed.output
    assert "From client-a it FAILS end to end: 100.64.10.10 of db is down" in failed.said
    assert "or clients do not reach it; the report above says" in failed.said
    ended = intent_in(directory)
    assert ended["marker_until"] - ended["started_at"] < 30  # the monitors were told before that
    answers.touch()
    moved = site.run("failback", floating_ip="db")
    assert moved.code == 0 and moved.changed["client-a"] == 0, moved.output
    assert "This was verified end to end from client-a." in moved.said
    assert "This was not verified end to end from client-b: " in moved.said
    checked = site.run("failover", "--check", floating_ip="db")
    assert "end to end" not in checked.said.replace("Ask from end to end", ""), checked.output


def test_a_deploy_asks_them_too_and_fails_at_its_end(
    site: Any, world: Callable[..., Any], tmp_path: Path
) -> None:
    net, answers = world(tables=1), tmp_path / "answers"
    site.define("production", net, probe=by_file(answers))
    site.ask("production", "client-a")
    answers.touch()
    made = site.run("deploy")
    assert "This was verified end to end from client-a." in made.said, made.output
    answers.unlink()
    lost = site.run("deploy")
    assert (lost.code, "these clients do not reach it" in lost.said) == (2, True), lost.output

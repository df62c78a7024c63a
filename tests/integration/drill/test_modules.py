# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules' parts in a drill: floating_ip_measure, floating_ip_context, floating_ip_move."""

from __future__ import annotations

import pathlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._store.clock import (
    boot_id,
    boottime,
)
from ansible_collections.netops.floating_ip.tests.emulator.world import World

HOST = "127.0.9.20"
TARGETS = [
    {"name": "db-a", "network_interface_id": "eni-a", "probe_address": "192.0.2.1"},
    {"name": "db-b", "network_interface_id": "eni-b", "probe_address": "192.0.2.2"},
]
DEFINITION = {
    "name": "db",
    "addresses": ["100.64.10.10"],
    "route_tables": {"ids": ["rtb-1"]},
    "targets": TARGETS,
}


@pytest.fixture
def port() -> Iterator[int]:
    """A port whose kernel takes connections."""
    with socket.create_server((HOST, 0), backlog=512) as server:
        thread = threading.Thread(target=_take, args=(server,))
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def _take(server: socket.socket) -> None:
    while True:
        try:
            server.accept()[0].close()
        except OSError:
            return


def options(port: int, **more: Any) -> dict[str, Any]:
    usual = {"address": HOST, "port": port, "protocol": "tcp", "timeout": 3, "seconds": 0.3}
    return {"floating_ips": [DEFINITION], **usual, **more}


def test_what_is_answered_is_told_and_required(run: Any, port: int) -> None:
    done = run("floating_ip_measure", **options(port, require="answers"))
    (found,) = done["measurements"]
    assert (done["failed"], done["changed"], found["lost"]) == (False, False, 0)
    assert done["msg"].startswith(f"{HOST} answered ") and found["sent"] > 2


def test_what_is_not_answered_fails_only_if_that_is_required(run: Any) -> None:
    told = run("floating_ip_measure", **options(1))
    assert not told["failed"] and "no answer for" in told["msg"]
    wrong = run("floating_ip_measure", **options(1, require="answers"))
    assert wrong["failed"] and wrong["measurements"][0]["lost"] > 0


def test_a_word_in_a_file_ends_it(run: Any, port: int, tmp_path: pathlib.Path) -> None:
    words = tmp_path / "words"
    words.write_text("end", encoding="utf-8")
    done = run("floating_ip_measure", **options(port, seconds=600, told=str(words)))
    assert done["measurements"][0]["seconds"] < 60


def test_who_is_not_told_any_more_ends_by_himself(
    run: Any, port: int, tmp_path: pathlib.Path
) -> None:
    words = tmp_path / "words"
    words.write_text("failover", encoding="utf-8")
    given = options(port, seconds=600, told=str(words), told_within=0.3)
    (found,) = run("floating_ip_measure", **given)["measurements"]
    assert found["seconds"] < 60 and [mark["word"] for mark in found["marks"]] == ["failover"]


def test_one_address_cannot_stand_for_two_floating_ips(run: Any, port: int) -> None:
    other = {**DEFINITION, "name": "web", "addresses": ["100.64.10.11"]}
    given = options(port, floating_ips=[DEFINITION, other])
    assert "for one floating IP alone" in run("floating_ip_measure", **given)["msg"]
    far = run("floating_ip_measure", **options(port, interval=5))
    assert "must be from 0.001 to 1 second" in far["msg"]


def test_a_drill_is_remembered_while_it_goes_on_and_after_it(
    run: Any, tmp_path: pathlib.Path
) -> None:
    def keep(**more: Any) -> Any:
        return run("floating_ip_context", directory=str(tmp_path), **more)

    begun = keep(state="drilling", drills={"db": "db-a"}, seconds=900, by="runbook")
    assert begun["changed"] and begun.entry["drilling"]["was"] == "db-a"
    kept = keep(names=["db"]).entry
    assert kept["drilling"]["by"] == "runbook" and kept["drill"] is None
    assert "lease" not in kept["drilling"]
    refused = keep(state="drilling", drills={"db": "db-a"}, lease=0)
    assert refused["failed"] and refused["msg"].startswith("lease must be more than 0")
    told = keep(state="drilling", drills={"db": "db-a"}, lease=60, by="runbook").entry["drilling"]
    assert 0 < told["lease"] - boottime() <= 60 and told["boot_id"] == boot_id()
    lost = {"passed": False, "was": "db-a", "holder": "db-b"}
    assert keep(state="drilled", drills={"db": lost}).entry["drilling"]["was"] == "db-a"
    back = {"passed": True, "was": "db-a", "holder": "db-a"}
    ended = keep(state="drilled", drills={"db": back}).entry
    assert (ended["drilling"], ended["drill"]) == (None, back)
    assert keep(state="drilled", drills={"db": back})["changed"] is False
    assert keep(check=True, state="drilling", drills={"db": "db-b"})["changed"] is True
    assert keep(names=["db"]).entry["drilling"] is None


def test_what_a_drill_stops_and_the_last_reliable_one_are_remembered(
    run: Any, tmp_path: pathlib.Path
) -> None:
    def keep(state: str, drills: Any, **more: Any) -> Any:
        given = {"state": state, "drills": {"db": drills}, "directory": str(tmp_path), **more}
        return run("floating_ip_context", **given).entry

    assert "fault" not in keep("drilling", "db-a")["drilling"]
    told = keep("drilling", "db-a", instances={"db-a": "i-a", "db-b": "i-b"})["drilling"]
    assert (told["was"], told["fault"], told["instance"]) == ("db-a", "stop_instance", "i-a")
    good = {"passed": True, "reliable": True, "was": "db-a", "holder": "db-a"}
    for last in (good, {**good, "passed": False, "reliable": False}):
        entry = keep("drilled", last)
        assert (entry["drill"], entry["reliable_drill"]) == (last, good)


def test_a_move_tells_its_calls(run: Any, world: Any, emulator: Any) -> None:
    net: World = world(tables=2)
    definition = {
        **DEFINITION,
        "route_tables": {"ids": list(net.tables)},
        "targets": [
            {**target, "network_interface_id": net.eni(str(target["name"]))} for target in TARGETS
        ],
    }
    moved = run("floating_ip_move", floating_ips=[definition], to="db-a", probe_from="nowhere")
    made = [call for call in moved["calls"] if call["operation"] == "CreateRoute"]
    assert [call["outcome"] for call in made] == ["ok", "ok"]
    assert all(call["time"].endswith("Z") and call["milliseconds"] > 0 for call in made)

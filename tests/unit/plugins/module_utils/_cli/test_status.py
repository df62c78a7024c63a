# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Status, without AWS."""

from __future__ import annotations

import pathlib

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._cli import status
from ansible_collections.netops.floating_ip.plugins.module_utils._cli.installed import (
    Settings,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.cells import (
    Cell,
    Look,
    Place,
    Reading,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store.clock import (
    boot_id,
    boottime,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store.status import (
    write_status,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._cli.conftest import (
    Host,
)

KEYS = [
    "addresses",
    "alarm",
    "drained",
    "error",
    "has_word",
    "health",
    "holder",
    "holding",
    "is_target_known",
    "last_drill",
    "monitor",
    "name",
    "pause",
    "paused",
    "problem",
    "sentence",
    "target",
    "time",
    "verdict",
]
CELL = Cell("route", "rtb-1", "100.64.10.10")
HELD = Look(1.0, (Place("a", "eni-a"), Place("b", "eni-b")), (Reading(CELL, "eni-b"),))


def tell(host: Host, **more: object) -> None:
    told = {
        "name": "db",
        "holding": "held",
        "holder": "a",
        "sentence": "a holds it and is up; b is ready",
        "verdict": "hold",
        "alarm": False,
        "health": {"a": "up", "b": "up"},
        "at": boottime(),
        "time": "2026-01-31T12:00:00.000Z",
        "boot_id": boot_id(),
        "stopped": False,
        "problem": None,
    }
    assert write_status(str(host.context), "db", {**told, **more}) is None


def test_a_monitor_that_is_content(host: Host) -> None:
    tell(host)
    done = host.run("status", "--offline")
    assert done.code == 0
    assert "a holds it and is up; b is ready" in done.out and "a up, b up" in done.out


@pytest.mark.parametrize(
    ("word", "more"),
    [
        (True, ", and its alias is to be there"),
        (False, ", and its alias is to be away"),
        (None, ""),
    ],
)
def test_which_target_this_host_is_stands_there(host: Host, word: bool | None, more: str) -> None:
    tell(host, target="a", is_target_known=True, has_word=word)
    done = host.run("status", "--offline")
    assert done.code == 0 and f"b is ready. This host is a{more}\n" in done.out


@pytest.mark.parametrize(
    "more",
    [
        {"alarm": True},
        {"stopped": True},
        {"at": boottime() - 31},
        {"boot_id": "another"},
        {"holder": None, "holding": "split"},
    ],
)
def test_anything_else_ends_with_1(host: Host, more: dict[str, object]) -> None:
    tell(host, **more)
    assert host.run("status", "--offline").code == 1


def test_a_monitor_that_does_not_run_knows_no_health(host: Host) -> None:
    tell(host, stopped=True)
    (entry,) = host.run("status", "--offline", "--json").json
    assert entry["monitor"] == "not running"
    assert entry["health"] == {"a": "unknown", "b": "unknown"}
    assert entry["sentence"].startswith("The monitor is not running. Its last words: a holds it")


def test_the_keys_are_always_the_same(host: Host) -> None:
    (silent,) = host.run("status", "--offline", "--json").json
    tell(host)
    host.run("pause")
    (told,) = host.run("status", "--offline", "--json").json
    assert sorted(silent) == sorted(told) == KEYS
    assert told["paused"] and told["pause"]["by"]
    assert silent["sentence"] == "No monitor of this host has written a status yet."


def test_what_aws_says_counts_more_than_what_the_monitor_saw(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(host)
    monkeypatch.setattr(status, "look", lambda _edge, _definitions: {"db": HELD})
    (entry,) = host.run("status", "--json").json
    assert (entry["holder"], entry["holding"]) == ("b", "held")


def test_aws_that_cannot_be_read_is_told(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(host)
    looks = {"db": Look(1.0, error="Give this host an instance profile.")}
    monkeypatch.setattr(status, "look", lambda _edge, _definitions: looks)
    done = host.run("status", "--json")
    assert done.code == 1 and done.json[0]["holding"] == "unreadable"
    assert "Give this host an instance profile." in done.err


def test_settings_are_paths(tmp_path: pathlib.Path) -> None:
    assert Settings(tmp_path, tmp_path, as_json=True).store().load("db").problem is None

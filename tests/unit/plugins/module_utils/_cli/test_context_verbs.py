# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Orders to the monitor, as files."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._cli.conftest import (
    Host,
)

pytestmark = pytest.mark.usefixtures("unreachable")
Unreachable = Callable[[], None]


def store(host: Host) -> FileStore:
    return FileStore(str(host.context))


def test_a_pause_has_a_reason_and_an_end(host: Host) -> None:
    done = host.run("pause", "--reason", "tests")
    assert (done.code, done.out) == (0, "db is paused.\n")
    pause = store(host).paused("db")
    assert pause is not None and pause.reason == "tests" and pause.by
    assert host.run("resume", "db").out == "db is not paused.\n"
    assert store(host).paused("db") is None
    assert host.run("resume", "db").code == 0


def test_a_drain_and_its_end(host: Host) -> None:
    assert host.run("drain", "a").out == "db has a drained.\n"
    assert store(host).load("db").context.drained == ("a",)
    assert host.run("drain", "a", "db").code == 0
    assert host.run("undrain", "a").out == "db does not have a drained.\n"
    assert store(host).load("db").context.drained == ()


def test_json_is_what_the_module_answers(host: Host) -> None:
    (entry,) = host.run("drain", "a", "--json").json
    assert entry["name"] == "db" and entry["drained"] == ["a"] and entry["paused"] is False


def test_nothing_is_drained_if_one_that_was_named_lacks_the_target(host: Host) -> None:
    targets = [
        {"name": n, "network_interface_id": f"eni-{n}", "probe_address": f"192.0.2.{i}"}
        for i, n in enumerate("bc", 5)
    ]
    host.define("web.json", name="web", addresses=["100.64.10.11"], targets=targets)
    done = host.run("drain", "a", "db", "web")
    assert done.code == 4 and "web has no target a; it has b, c." in done.err
    assert store(host).load("db").context.drained == ()
    assert host.run("drain", "a").code == 0  # without names: wherever there is such a target
    assert host.run("drain", "x").code == 4


def test_a_reset_is_an_order_too(host: Host) -> None:
    assert host.run("reset").out == "db is reset: the breaker is closed.\n"


@pytest.mark.parametrize("verb", [["pause"], ["resume"], ["drain", "a"], ["reset"]])
def test_without_a_directory_there_is_no_monitor_to_tell(host: Host, verb: list[str]) -> None:
    host.context.rmdir()
    done = host.run(*verb)
    assert done.code == 4 and "so no monitor runs here" in done.err
    assert not host.context.exists()


def test_what_cannot_be_written_is_a_failure(host: Host) -> None:
    (host.context / "db.json").mkdir()
    (host.context / "db.json" / "in the way").touch()
    (host.context / "db.json.new").mkdir()
    (host.context / "db.json.new" / "in the way").touch()
    done = host.run("drain", "a")
    assert done.code == 1 and done.err

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Definition files, checked."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._cli.conftest import (
    Host,
)

pytestmark = pytest.mark.usefixtures("unreachable")


def test_a_sound_file(host: Host) -> None:
    file = host.define()
    done = host.run("check-config", str(file))
    assert (done.code, done.out) == (0, f"{file}: db is sound.\n")


def test_a_warning_is_no_failure(host: Host) -> None:
    done = host.run("check-config", str(host.define(probe={"protocol": "tcp", "port": 80})))
    assert done.code == 0 and "a frozen host still answers" in done.out


def test_every_problem_of_every_file_is_told(host: Host) -> None:
    bad = host.define("bad.json", name="web", addresses=[], probe={"timeot": 1})
    done = host.run("check-config", str(bad), str(host.define()), "--json")
    assert done.code == 4
    assert [(one["name"], bool(one["problems"])) for one in done.json] == [
        (None, True),
        ("db", False),
    ]
    assert "timeout" in str(done.json[0]["problems"])


def test_files_that_contradict_each_other(host: Host) -> None:
    other = host.define("web.json", name="web")
    done = host.run("check-config", str(host.define()), str(other))
    assert done.code == 4 and "which is the address of db" in done.out

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules for any host, run by the oldest Python that one may have, with nothing installed."""

from __future__ import annotations

import pathlib
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.dev import pythons

OLDEST = 9


@pytest.fixture
def oldest() -> str:
    found = pythons.interpreter(OLDEST)
    if found is None:
        pytest.skip(f"Python 3.{OLDEST} is not on this machine")
    return found


def test_they_run_on_the_oldest_python(
    oldest: str, play: Any, services: Any, tmp_path: pathlib.Path
) -> None:
    probe = {"address": "127.0.0.2", "port": services.port, "require": "up"}
    pause = {"state": "paused", "names": ["db"], "directory": str(tmp_path)}
    announce = {
        "state": "announced",
        "destinations": {"db": "db-b"},
        "directory": str(tmp_path),
    }
    tasks = [
        {"name": "Probe", "netops.floating_ip.floating_ip_probe": probe},
        {"name": "Pause", "netops.floating_ip.floating_ip_context": pause},
        {"name": "Announce", "netops.floating_ip.floating_ip_context": announce},
    ]
    done = play(tasks, ansible_python_interpreter=oldest)
    assert done.code == 0, done.output
    entry = done.results()["Announce"]["floating_ips"][0]
    assert (entry["paused"], entry["intent"]["to"]) == (True, "db-b")

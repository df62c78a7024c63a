# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from pathlib import Path

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.host_readiness import (
    Monitor,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.host import HOLDS
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.host_look import (
    Places,
    addresses_in,
    holds_in,
    monitor_in,
)
from ansible_collections.netops.floating_ip.tests.dev.workspace import ROOT

LINKS = """[{"ifname": "lo", "addr_info": [{"local": "127.0.0.1"}]}, {},
 {"ifname": "ens5", "addr_info": [{"local": "100.64.10.10", "label": "ens5:0"},
                                  {"local": "fd00:100:64::20"}, {"family": "inet"}]}]"""
UNITS = """
Id=floating-ip-monitor.service
LoadState=loaded
UnitFileState=static
ActiveState=active
StatusText=db is at db-a=up

Id=floating-ip-monitor.timer
LoadState=loaded
UnitFileState=enabled
ActiveState=active
"""


def test_every_address_is_known_with_its_interface() -> None:
    assert addresses_in(LINKS) == {
        "127.0.0.1": "lo",
        "100.64.10.10": "ens5",
        "fd00:100:64::20": "ens5",
    }
    assert addresses_in("") == {}


def test_the_monitor_is_what_systemd_says() -> None:
    assert monitor_in(UNITS) == Monitor(True, True, True, True, "db is at db-a=up")
    stopped = UNITS.replace("=active", "=inactive").replace("=enabled", "=disabled")
    assert monitor_in(stopped) == Monitor(True, False, False, False, "db is at db-a=up")
    assert monitor_in("") == Monitor()


def test_the_monitor_s_words_are_the_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "db").touch()
    assert holds_in(str(tmp_path)) == {"db"}
    assert holds_in(str(tmp_path / "none")) == frozenset()
    assert holds_in(str(tmp_path / "db")) is None


def test_it_is_looked_for_where_the_monitor_puts_it_and_where_its_follower_looks() -> None:
    program = (ROOT / "roles/floating_ip_host/files/floating-ip-alias").read_text(encoding="utf-8")
    assert f"holds={Places().holds}\n" in program
    assert Path(Places().holds).name == HOLDS

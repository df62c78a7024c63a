# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The runbooks over ssh, as the user of the images; and the order in which an end comes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ansible_collections.netops.floating_ip.tests.hosts.runbooks.site import (
    ADDRESS,
    HOSTLESS,
    Site,
)
from ansible_collections.netops.floating_ip.tests.lab.host import Host


def kept(variables: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The same, with one connection for all tasks, as Ansible has it by default."""
    own = variables["ansible_ssh_args"].replace("ControlMaster=no", "ControlMaster=auto")
    own = own.replace("ControlPath=none", f"ControlPath={folder}/ssh-%h")
    return {**variables, "ansible_ssh_args": f"{own} -oControlPersist=20"}


def let_go_at(host: Host) -> float:
    """When the monitor of a host last said that it watches something no more."""
    lines = host.run("journalctl -t floating-ip -o json --no-pager").out.splitlines()
    told = [line for line in map(json.loads, lines) if "no more" in line["MESSAGE"]]
    return int(told[-1]["__REALTIME_TIMESTAMP"]) / 1e6


def removed_at(site: Site) -> float:
    """When the first route was last begun to be removed."""
    return min(float(one["at"]) for one in site.lab.emulator.calls("DeleteRoute"))


def test_all_of_it_over_ssh_as_a_user_who_may_become_root(site: Site, before: Any) -> None:
    for name, host in site.hosts.items():
        site.host_variables[name] = kept(site.lab.over_ssh(host), site.folder.parent)
    made = site.run("deploy")
    assert (made.code, site.holders()) == (0, ["db-a", "db-a"]), made.output
    assert site.holders(site.elsewhere) == ["st-a", "st-a"]
    assert site.is_served()
    other = [site.defined("web", ADDRESS, state="absent")]
    lost = site.run("watch", "--limit", "production", floating_ips=other)
    assert (lost.code, site.is_served()) == (0, True), lost.output
    assert lost.said.count("without a definition: db held. They are watched as before.") == 2
    site.state = "absent"
    site.lab.emulator.clear_calls()
    away = site.run("deploy", "--limit", "production")
    assert (away.code, site.holders()) == (0, [None, None]), away.output
    assert site.is_bare()
    assert max(map(let_go_at, site.hosts.values())) < removed_at(site), away.output
    gone = site.run("teardown", "--limit", HOSTLESS, floating_ip="all", confirm="all")
    assert (gone.code, site.lab.emulator.state()) == (0, before), gone.output

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the parts of the role must agree on, and what its variables come to."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from ansible_collections.netops.floating_ip.tests.unit.roles.rendering import rendered

ROLE = Path(__file__).parents[3] / "roles/floating_ip_host"
MARKER = "netops.floating_ip.floating_ip_host"


@pytest.mark.parametrize("path", sorted((ROLE / "templates").iterdir()), ids=lambda p: p.name)
def test_every_file_on_a_host_says_whose_it_is_and_is_found_by_that(path: Path):
    assert MARKER in path.read_text(encoding="utf-8")
    assert MARKER in (ROLE / "files/look.sh").read_text(encoding="utf-8")


def test_every_template_is_used():
    used = "".join(path.read_text(encoding="utf-8") for path in ROLE.glob("*/*.yml"))
    units = set(re.findall(r"floating-ip-alias[a-z-]*\.(?:service|path)", used))
    names = {path.name for path in (ROLE / "templates").iterdir()}
    assert {name for name in names if name not in used} == {f"{unit}.j2" for unit in units}


PLAN = {
    "rows": ["db always eth0 eth0:0 100.64.10.10/32"],
    "going": ["web going eth0 eth0:1 100.64.10.20/32"],
    "holder": False,
    "pings": False,
}
LOOK = {"interface": "eth0", "default_interface": "eth0", "greedy_agents": ["nm-cloud-setup"]}


@pytest.mark.parametrize("interface", ["eth0", "eth1"])
def test_an_interface_that_is_not_the_default_one_may_get_what_comes_from_afar(interface: str):
    look = {**LOOK, "interface": interface}
    value = rendered("floating_ip_host", __floating_ip_host_look=look, __floating_ip_host_plan=PLAN)
    keys = {f"net/ipv4/conf/{interface}/arp_announce", f"net/ipv4/conf/{interface}/rp_filter"}
    assert set(value("__floating_ip_host_sysctls")) == {
        one for one in keys if interface != "eth0" or "rp_filter" not in one
    }
    reason = "by which answers to far clients leave"
    assert (reason in value("60-floating-ip.conf.j2")) is (interface != "eth0")


def test_the_table_says_what_goes_only_until_the_run_has_ended():
    """And that there is a run, by the words that the next one looks for."""
    known = {"__floating_ip_host_look": LOOK, "__floating_ip_host_plan": PLAN}
    ended = rendered("floating_ip_host", **known)("floating-ip-alias.conf.j2")
    begun = rendered("floating_ip_host", **known, __floating_ip_host_begun=True)
    words = re.findall(r"unfinished .*grep -l '([^']+)'", (ROLE / "files/look.sh").read_text())
    assert [row for row in ended.splitlines() if row[0] != "#"] == PLAN["rows"]
    table = begun("floating-ip-alias.conf.j2")
    assert [row for row in table.splitlines() if row[0] != "#"] == PLAN["rows"] + PLAN["going"]
    assert [(word in table, word in ended) for word in words] == [(True, False)]


def tasks_of(name: str) -> list:
    return list(yaml.safe_load((ROLE / "tasks" / name).read_text(encoding="utf-8")))


def test_what_a_run_that_was_cut_short_has_not_told_is_told_by_the_next_one():
    (task,) = (one for one in tasks_of("judge.yml") if "look.unfinished" in str(one["when"]))
    handlers = yaml.safe_load((ROLE / "handlers/main.yml").read_text(encoding="utf-8"))
    assert task["notify"] == [one["name"] for one in handlers]


def test_a_run_begins_and_ends_with_the_table():
    begun, ended = tasks_of("program.yml")[0], tasks_of("agree.yml")
    assert begun["vars"] == {"__floating_ip_host_begun": "{{ not ansible_check_mode }}"}
    assert tasks_of("main.yml")[-1]["ansible.builtin.import_tasks"] == "agree.yml"
    table = "{{ __floating_ip_host_table }}"
    last = (
        ended[-2]["ansible.builtin.template"]["dest"],
        ended[-1]["ansible.builtin.file"]["path"],
    )
    assert (begun["ansible.builtin.template"]["dest"], *last) == (table, table, table)


@pytest.mark.parametrize(("option", "is_off"), [("adapt", True), ("leave", False)])
def test_cloud_agents_are_left_alone_if_asked(option: str, is_off: bool):
    value = rendered(
        "floating_ip_host", __floating_ip_host_look=LOOK, floating_ip_host_cloud_agents=option
    )
    assert value("__floating_ip_host_switches_cloud_setup_off") is is_off
    (task,) = (
        one
        for one in yaml.safe_load((ROLE / "tasks/main.yml").read_text(encoding="utf-8"))
        if one.get("ansible.builtin.include_tasks") == "cloud_agents.yml"
    )
    assert "floating_ip_host_cloud_agents == 'adapt'" in task["when"]


def test_the_interface_and_the_stack_may_be_named():
    look = (ROLE / "files/look.sh").read_text(encoding="utf-8")
    run = subprocess.run(
        ["sh", "-s", "--", "lo", "service"], input=look, text=True, check=True, capture_output=True
    )
    told = json.loads(run.stdout)
    assert (told["interface"], told["stack"], told["exists"]) == ("lo", "service", "yes")


# systemd-networkd runs, and NetworkManager only where a connection is told of.
SYSTEMCTL = """#!/bin/sh
case "$*" in
  *"is-active systemd-networkd"*) test -e "$FAKE/links" ;;
  *"is-active NetworkManager"*) test -e "$FAKE/connections" ;;
  *) exit 1 ;;
esac
"""
NMCLI = """#!/bin/sh
case "$*" in
  *"GENERAL.STATE device show"*) echo "100 (connected)" ;;
  *"GENERAL.CON-UUID device show"*) echo 7ba0 ;;
  *"UUID,DEVICE connection show --active") cat "$FAKE/connections" ;;
esac
"""


def looked(tmp_path: Path, links: dict[str, str], connections: str = "") -> dict[str, str]:
    """What the look at eth0 tells of a host with these links, each with its .network file."""
    for number, (link, file) in enumerate(links.items(), 2):
        (tmp_path / "net" / link).mkdir(parents=True)
        (tmp_path / "net" / link / "ifindex").write_text(f"{number}\n")
        if file:
            (tmp_path / "links").mkdir(exist_ok=True)
            (tmp_path / "links" / str(number)).write_text(f"ADMIN_STATE=x\nNETWORK_FILE={file}\n")
    if connections:
        (tmp_path / "connections").write_text(connections)
    for name, text in (("systemctl", SYSTEMCTL), ("nmcli", NMCLI)):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    look = (ROLE / "files/look.sh").read_text(encoding="utf-8")
    look = look.replace("/run/systemd/netif", str(tmp_path)).replace("/sys/class", str(tmp_path))
    run = subprocess.run(
        ["sh", "-s", "--", "eth0"],
        input=look,
        text=True,
        check=True,
        capture_output=True,
        env={"PATH": f"{tmp_path}:/usr/sbin:/usr/bin", "FAKE": str(tmp_path)},
    )
    return dict(json.loads(run.stdout))


OWN, ALL = "/etc/systemd/network/10-eth0.network", "/run/systemd/network/10-netplan-all-en.network"


@pytest.mark.parametrize(
    ("links", "connections", "stack", "shared"),
    [
        ({"eth0": OWN, "eth1": ALL}, "", "networkd", ""),
        ({"eth0": OWN, "eth1": OWN, "eth2": OWN}, "", "service", "eth1 eth2"),
        ({"eth0": ALL, "lo": ""}, "", "netplan", ""),
        ({"eth0": ALL, "eth1": ALL}, "", "service", "eth1"),
        ({"eth0": "", "eth1": ""}, "7ba0:eth0\n8cb1:eth1\n", "NetworkManager", ""),
        ({"eth0": "", "eth1": ""}, "7ba0:eth0\n7ba0:eth1\n", "service", "eth1"),
    ],
)
def test_what_would_put_the_address_on_other_interfaces_too_is_told_nothing(
    tmp_path: Path, links: dict[str, str], connections: str, stack: str, shared: str
):
    """As a file that matches en*, which clouds' images have."""
    told = looked(tmp_path, links, connections)
    assert (told["stack"], told["shared"]) == (stack, shared)


def test_systemd_networkd_forgets_what_it_has_put_on_the_others():
    """Also before 257, which otherwise does not read its files."""
    known = {"network_file": OWN, "systemd": "252", "files": [f"{OWN}.d/60-floating-ip.conf"]}
    for shared, reads in (("eth1", True), ("", False)):
        look = {**LOOK, **known, "shared": shared}
        plan = {**PLAN, "going": []}
        value = rendered(
            "floating_ip_host", __floating_ip_host_look=look, __floating_ip_host_plan=plan
        )
        assert value("__floating_ip_host_reads_anew") is reads


@pytest.mark.parametrize("shell", ["dash", "bash"])
@pytest.mark.parametrize("name", ["look.sh", "floating-ip-alias"])
def test_both_shells_understand_the_programs(shell: str, name: str):
    if shutil.which(shell) is None:
        pytest.skip(f"There is no {shell} here.")
    subprocess.run([shell, "-n", str(ROLE / "files" / name)], check=True)

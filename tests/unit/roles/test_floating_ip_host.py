# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the parts of the role must agree on, and the programs that it gives to hosts."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from ansible_collections.netops.floating_ip.tests.unit.roles.rendering import rendered

ROLE = Path(__file__).parents[3] / "roles/floating_ip_host"
MARKER = "netops.floating_ip.floating_ip_host"
PROGRAM = ROLE / "files/floating-ip-alias"

IP = """#!/bin/sh
case $* in
  "-oneline address show") cat "$FAKE/addresses" ;;
  "-oneline address show dev"*) grep "$5.*$7" "$FAKE/addresses" ;;
  *-batch*) cat > "$FAKE/done" ;;
esac
"""
LINE = "2: {device}    {family} {address} scope global {end}\\       valid_lft forever\n"
OWN = LINE.format(device="lo", family="inet", address="10.0.1.10/24", end="lo")
ALIAS = LINE.format(device="lo", family="inet", address="100.64.10.10/32", end="lo:0")
BARE = LINE.format(device="lo", family="inet", address="100.64.10.10/32", end="lo")
SIX = LINE.format(device="lo", family="inet6", address="fd12::10/128", end="nodad {}")
DB = "db {} lo lo:0 100.64.10.10/32\n"
DB6 = "db {} lo - fd12::10/128\n"
ADD = "address replace 100.64.10.10/32 dev lo label lo:0"
ADD6 = "address replace fd12::10/128 dev lo nodad preferred_lft 0"
DELETE = "address delete 100.64.10.10/32 dev lo"


@pytest.mark.parametrize("path", sorted((ROLE / "templates").iterdir()), ids=lambda p: p.name)
def test_every_file_on_a_host_says_whose_it_is_and_is_found_by_that(path: Path):
    assert MARKER in path.read_text(encoding="utf-8")
    assert MARKER in (ROLE / "files/look.sh").read_text(encoding="utf-8")


def test_every_template_is_used():
    used = "".join(path.read_text(encoding="utf-8") for path in ROLE.glob("*/*.yml"))
    units = set(re.findall(r"floating-ip-alias[a-z-]*\.(?:service|path)", used))
    names = {path.name for path in (ROLE / "templates").iterdir()}
    assert {name for name in names if name not in used} == {f"{unit}.j2" for unit in units}


UNREADABLE = """#!/bin/sh
echo "ls: cannot open directory '$1': Permission denied" >&2
exit 2
"""


def asserted(tmp_path: Path, addresses: str, table: str, *arguments: str, holds: str = "") -> list:
    """The commands that the program gives to ip(8)."""
    (tmp_path / "holds").mkdir()
    if holds:
        (tmp_path / "holds" / holds).touch()
    return told_and_said(tmp_path, addresses, table, *arguments)[0]


def told_and_said(
    tmp_path: Path, addresses: str, table: str, *arguments: str
) -> tuple[list[str], str]:
    """The commands that the program gives to ip(8), and what it says of a problem."""
    binary = tmp_path / "ip"
    binary.write_text(IP)
    binary.chmod(0o755)
    (tmp_path / "addresses").write_text(addresses)
    (tmp_path / "table").write_text(f"# {MARKER}\n{table}")
    program = PROGRAM.read_text(encoding="utf-8")
    program = program.replace("table=/etc/floating-ip-alias.conf", f"table={tmp_path}/table")
    program = program.replace("/run/floating-ip/holds\n", f"{tmp_path}/holds\n")
    program = program.replace("/run/NetworkManager", f"{tmp_path}/NetworkManager")
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        ["sh", "-s", "--", "assert", *arguments],
        input=program,
        text=True,
        check=True,
        capture_output=True,
        env={"PATH": path, "FAKE": str(tmp_path)},
    )
    done = tmp_path / "done"
    return (done.read_text().splitlines() if done.exists() else []), run.stderr


@pytest.mark.parametrize(
    ("addresses", "table", "commands"),
    [
        (OWN, DB.format("always"), [ADD]),
        (OWN + ALIAS, DB.format("always"), []),
        (OWN + BARE, DB.format("always"), [DELETE, ADD]),  # only a new address gets a label
        (OWN, DB6.format("always"), [ADD6]),
        (OWN + SIX.format("deprecated"), DB6.format("always"), []),
        (OWN + SIX.format("dynamic"), DB6.format("always"), [ADD6]),
        (OWN, DB.format("always").replace("lo:0", "cut:0"), [ADD.partition(" label")[0]]),
        (OWN + BARE, DB.format("always").replace("lo:0", "cut:0"), []),
        (OWN, DB.format("always").replace(" lo ", " gone "), []),
        (OWN + ALIAS, DB.format("holder"), [DELETE]),
        (OWN, DB.format("holder"), []),
        (OWN, "", []),
    ],
)
def test_the_program_tells_ip_the_difference_and_no_more(tmp_path, addresses, table, commands):
    assert asserted(tmp_path, addresses, table) == commands


TWICE = "old {} lo lo:1 100.64.10.10/32\n"


@pytest.mark.parametrize(
    ("addresses", "table", "commands"),
    [
        (OWN + ALIAS, DB.format("always") + TWICE.format("always"), []),
        (OWN, DB.format("always") + TWICE.format("always"), [ADD]),
        (OWN + ALIAS, DB.format("holder") + TWICE.format("holder"), [DELETE]),
        (OWN + ALIAS, TWICE.format("holder") + DB.format("always"), []),
        (OWN + ALIAS, DB.format("always") + TWICE.format("holder"), []),
    ],
)
def test_an_address_that_the_table_has_twice_is_judged_once(tmp_path, addresses, table, commands):
    """Else each run of the program would change what the one before has done."""
    assert asserted(tmp_path, addresses, table) == commands


def test_an_address_that_the_table_has_twice_is_not_counted_twice(tmp_path):
    """Else the interface would seem to have none of its own, for which NetworkManager is waited."""
    (tmp_path / "NetworkManager").mkdir()
    twice = DB6.format("always") + DB.format("always") + TWICE.format("always")
    assert asserted(tmp_path, OWN + ALIAS, twice) == [ADD6]


def test_the_holder_has_the_address(tmp_path):
    assert asserted(tmp_path, OWN, DB.format("holder"), holds="db") == [ADD]


def test_the_holder_of_another_floating_ip_has_not(tmp_path):
    assert asserted(tmp_path, OWN + ALIAS, DB.format("holder"), holds="db2") == [DELETE]


def test_where_nobody_has_said_anything_yet_this_host_is_not_the_holder(tmp_path):
    assert told_and_said(tmp_path, OWN + ALIAS, DB.format("holder")) == ([DELETE], "")


@pytest.mark.parametrize("addresses", [OWN, OWN + ALIAS])
def test_a_word_that_cannot_be_read_changes_nothing_and_that_is_said(tmp_path, addresses):
    """The service has no right to read what is not open to everybody."""
    (tmp_path / "ls").write_text(UNREADABLE)
    (tmp_path / "ls").chmod(0o755)
    told, said = told_and_said(tmp_path, addresses, DB.format("holder") + DB6.format("always"))
    assert told == [ADD6]  # what is always there needs no word
    assert said.startswith("The monitor's word cannot be read, so no address")
    assert "Permission denied" in said


def test_and_where_nothing_follows_the_holder_nobody_misses_it(tmp_path):
    (tmp_path / "ls").write_text(UNREADABLE)
    (tmp_path / "ls").chmod(0o755)
    assert told_and_said(tmp_path, OWN + ALIAS, DB.format("always")) == ([], "")


def test_addresses_that_are_named_go_if_they_are_there(tmp_path):
    gone = ("lo", "100.64.10.10/32", "lo", "100.64.10.11/32")
    assert asserted(tmp_path, OWN + ALIAS, "", *gone) == [DELETE]


def test_where_networkmanager_runs_an_interface_without_another_address_is_left_alone(tmp_path):
    (tmp_path / "NetworkManager").mkdir()
    assert asserted(tmp_path, ALIAS, DB.format("always") + DB6.format("always")) == []


def test_and_one_with_an_address_of_its_own_is_not(tmp_path):
    (tmp_path / "NetworkManager").mkdir()
    assert asserted(tmp_path, OWN, DB.format("always")) == [ADD]


PLAN = {"rows": ["db always eth0 eth0:0 100.64.10.10/32"], "holder": False, "pings": False}
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


@pytest.mark.parametrize("shell", ["dash", "bash"])
@pytest.mark.parametrize("name", ["look.sh", "floating-ip-alias"])
def test_both_shells_understand_the_programs(shell: str, name: str):
    if shutil.which(shell) is None:
        pytest.skip(f"There is no {shell} here.")
    subprocess.run([shell, "-n", str(ROLE / "files" / name)], check=True)

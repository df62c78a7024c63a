# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The program that the role gives to hosts: what it tells ip(8)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

MARKER = "netops.floating_ip.floating_ip_host"
PROGRAM = Path(__file__).parents[3] / "roles/floating_ip_host/files/floating-ip-alias"

IP = """#!/bin/sh
case $* in
  "-oneline address show") cat "$FAKE/addresses" ;;
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
DELETE6 = "address delete fd12::10/128 dev lo"
GOING = DB.format("going") + DB6.format("going")


UNREADABLE = """#!/bin/sh
echo "ls: cannot open directory '$1': Permission denied" >&2
exit 2
"""


def asserted(tmp_path: Path, addresses: str, table: str, holds: str = "") -> list:
    """The commands that the program gives to ip(8)."""
    (tmp_path / "holds").mkdir()
    if holds:
        (tmp_path / "holds" / holds).touch()
    return told_and_said(tmp_path, addresses, table)[0]


def told_and_said(tmp_path: Path, addresses: str, table: str) -> tuple[list[str], str]:
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
        ["sh", "-s", "--", "assert"],
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


def test_what_is_going_goes_whoever_has_put_it_there(tmp_path):
    assert asserted(tmp_path, OWN + ALIAS + SIX.format("dynamic"), GOING) == [DELETE, DELETE6]


def test_and_where_it_has_gone_there_is_nothing_to_do(tmp_path):
    assert asserted(tmp_path, OWN, GOING) == []


def test_where_networkmanager_runs_an_interface_without_another_address_is_left_alone(tmp_path):
    (tmp_path / "NetworkManager").mkdir()
    assert asserted(tmp_path, ALIAS, DB.format("always") + DB6.format("always")) == []


def test_and_one_with_an_address_of_its_own_is_not(tmp_path):
    (tmp_path / "NetworkManager").mkdir()
    assert asserted(tmp_path, OWN, DB.format("always")) == [ADD]

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The site that faults, drill and benchmark play on, and the prompt of `./dev lab`."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from ansible_collections.netops.floating_ip.tests.bench.ground import Ground
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until
from ansible_collections.netops.floating_ip.tests.lab.box import (
    ADDRESS,
    NAME,
    TARGETS,
    Site,
)
from ansible_collections.netops.floating_ip.tests.lab.prompt import METER, Prompt


@pytest.fixture
def deployed(plain: Ground) -> Site:
    """With the monitors at rest."""
    plain.calm()
    return plain.site


def say(prompt: Prompt, line: str, capsys: pytest.CaptureFixture[str]) -> str:
    prompt.onecmd(line)
    return capsys.readouterr().out


def until_answered_by(site: Site, who: str, seconds: float = 20.0) -> None:
    assert until(lambda: site.clients["client-a"].ask(ADDRESS) == who, seconds)


def test_what_is_deployed_fails_over_when_a_host_dies_and_the_meter_sees_it(
    deployed: Site,
) -> None:
    (holder,) = set(deployed.holders().values())
    (standby,) = set(TARGETS) - {holder}
    argv = [sys.executable, str(METER), ADDRESS]
    meter = deployed.clients["client-a"].spawn(argv, stdout=subprocess.PIPE, text=True)
    assert meter.stdout is not None and "begun" in meter.stdout.readline()
    time.sleep(0.3)
    deployed.hosts[holder].kill()
    until_answered_by(deployed, standby)
    time.sleep(0.6)
    meter.terminate()
    told = [json.loads(line) for line in meter.communicate(timeout=5)[0].splitlines()]
    assert [each["who"] for each in told[:-1]][-3:] == [holder, None, standby]
    assert told[-1]["sent"] > told[-1]["lost"] > 0
    assert 0.3 < told[-1]["longest_outage"] < 10
    assert set(deployed.holders().values()) == {standby}
    deployed.hosts[holder].start()
    deployed.hosts[holder].wait()


def test_the_prompt_shows_and_breaks_and_mends(
    deployed: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    prompt = Prompt(deployed)
    (holder,) = set(deployed.holders().values())
    (standby,) = set(TARGETS) - {holder}
    shown = say(prompt, "status", capsys)
    assert f"leads to {holder}" in shown and f"client-a is answered by {holder}" in shown
    assert "db-a 10.0.1.4 is on" in shown
    assert "db-b\n" in say(prompt, "run db-b hostname", capsys)
    say(prompt, f"cut client-a {holder}", capsys)
    shown = say(prompt, "status", capsys)
    assert f"cut: client-a -> {holder}" in shown and "client-a is answered by nobody" in shown
    say(prompt, "heal", capsys)
    say(prompt, f"freeze {standby}", capsys)
    assert "is frozen" in say(prompt, "status", capsys)
    say(prompt, f"thaw {standby}", capsys)
    assert f'"name": "{NAME}"' in say(prompt, "run db-a cat /etc/floating-ip/*.json", capsys)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("kill", "There is no host ''"),
        ("kill db-z", "There is no host 'db-z'; there are db-a, db-b."),
        ("cut db-a", "Name two"),
        ("cut db-a db-z", "There is no host or client db-z"),
        ("watch db-a", "There is no client 'db-a'"),
        ("start db-b", "db-b is on already."),
        ("dance", "There is no command 'dance'"),
    ],
)
def test_the_prompt_says_what_is_wrong(
    deployed: Site, capsys: pytest.CaptureFixture[str], line: str, sentence: str
) -> None:
    assert sentence in say(Prompt(deployed), line, capsys)


def test_every_command_has_a_help(deployed: Site, capsys: pytest.CaptureFixture[str]) -> None:
    prompt = Prompt(deployed)
    listed = say(prompt, "help", capsys)
    for name in ("status", "kill", "freeze", "cut", "heal", "watch", "help"):
        assert name in listed
    assert "Undocumented" not in listed.replace("undocumented", "Undocumented")

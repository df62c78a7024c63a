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

from ansible_collections.netops.floating_ip.tests.hosts.waiting import until
from ansible_collections.netops.floating_ip.tests.lab.box import ADDRESS, NAME, Site
from ansible_collections.netops.floating_ip.tests.lab.prompt import METER, Prompt


@pytest.fixture(scope="module")
def deployed(site: Site) -> Site:
    site.play("deploy")
    return site


def say(prompt: Prompt, line: str, capsys: pytest.CaptureFixture[str]) -> str:
    prompt.onecmd(line)
    return capsys.readouterr().out


def until_answered_by(site: Site, who: str, seconds: float = 20.0) -> None:
    assert until(lambda: site.clients["client-a"].ask(ADDRESS) == who, seconds)


def test_what_is_deployed_fails_over_when_a_host_dies_and_the_meter_sees_it(
    deployed: Site,
) -> None:
    assert set(deployed.holders().values()) == {"db-a"}
    argv = [sys.executable, str(METER), ADDRESS]
    meter = deployed.clients["client-a"].spawn(argv, stdout=subprocess.PIPE, text=True)
    assert meter.stdout is not None and "begun" in meter.stdout.readline()
    time.sleep(0.3)
    deployed.hosts["db-a"].kill()
    until_answered_by(deployed, "db-b")
    time.sleep(0.6)
    meter.terminate()
    told = [json.loads(line) for line in meter.communicate(timeout=5)[0].splitlines()]
    assert [each["who"] for each in told[:-1]][-3:] == ["db-a", None, "db-b"]
    assert told[-1]["sent"] > told[-1]["lost"] > 0
    assert 0.3 < told[-1]["longest_outage"] < 10
    assert set(deployed.holders().values()) == {"db-b"}
    deployed.hosts["db-a"].start()
    deployed.hosts["db-a"].wait()


def test_the_prompt_shows_and_breaks_and_mends(
    deployed: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    prompt = Prompt(deployed)
    shown = say(prompt, "status", capsys)
    assert "leads to db-b" in shown and "client-a is answered by db-b" in shown
    assert "db-a 10.0.1.4 is on" in shown
    assert "db-b\n" in say(prompt, "run db-b hostname", capsys)
    say(prompt, "cut client-a db-b", capsys)
    shown = say(prompt, "status", capsys)
    assert "cut: client-a -> db-b" in shown and "client-a is answered by nobody" in shown
    say(prompt, "heal", capsys)
    say(prompt, "freeze db-a", capsys)
    assert "is frozen" in say(prompt, "status", capsys)
    say(prompt, "thaw db-a", capsys)
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

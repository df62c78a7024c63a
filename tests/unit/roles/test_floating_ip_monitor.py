# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the options of the role come to: the files, the commands, and what is probed first."""

from __future__ import annotations

import json
import subprocess

import pytest
import yaml

from ansible_collections.netops.floating_ip.plugins.plugin_utils._watching import watched_by
from ansible_collections.netops.floating_ip.tests.dev.workspace import ROOT
from ansible_collections.netops.floating_ip.tests.unit.roles.monitor_role import definition, told
from ansible_collections.netops.floating_ip.tests.unit.roles.rendering import rendered

TASKS = ROOT / "roles/floating_ip_monitor/tasks"
SERVICE = "floating-ip-monitor.service.j2"
ODD = 'a "b" %c \\d $e'
PYTHON = "/usr/bin/python3"
VENV = "/opt/floating-ip/venv/bin/python"


def test_the_agent_is_started_as_the_options_say() -> None:
    usual = told()(SERVICE)
    start = f"ExecStart={PYTHON} -I /opt/floating-ip/floating-ip.pyz monitor --window"
    assert f"{start} 600\n" in usual
    named = told(window=60, target="db-b")(SERVICE)
    assert f"{start} 60 --target db-b\n" in named
    observer = told(observer=True, target="db-b")(SERVICE)
    assert f"{start} 600 --observer\n" in observer


def test_an_observer_watches_everything_and_a_target_what_is_its_own() -> None:
    both = [definition("db"), definition("mail", "db-b", "db-c")]
    assert told(defined=both)("names") == ["db"]
    assert told(defined=both, observer=True)("names") == ["db", "mail"]
    assert told(defined=both, target="db-b")("names") == ["db", "mail"]
    assert told(defined=both, target="elsewhere")("names") == ["db", "mail"]


@pytest.mark.parametrize("observer", [False, True])
@pytest.mark.parametrize("target", ["", "db-b", "elsewhere"])
def test_the_runbooks_reckon_with_what_the_role_lets_a_host_watch(
    target: str, observer: bool
) -> None:
    both = [definition("db"), definition("mail", "db-b", "db-c")]
    own = {"floating_ip_monitor_target": target, "floating_ip_monitor_observer": observer}
    found = watched_by(
        {"inventory_hostname": "db-a", **own}, [{**one, "state": "present"} for one in both]
    )
    names = told(defined=both, target=target, observer=observer)("names")
    assert [one["name"] for one in found] == names


def test_the_environment_reaches_the_service_and_the_command_whatever_is_in_it() -> None:
    made = told(environment={"ODD": ODD, "NUMBER": 5})
    assert 'Environment="ODD=a \\"b\\" %%c \\\\d $e"\n' in made(SERVICE)
    exported = made("floating-ip.j2").replace("exec ", "env; exit; ")
    said = subprocess.run(["sh", "-c", exported], capture_output=True, text=True, check=True).stdout
    assert f"ODD={ODD}\n" in said and "NUMBER=5\n" in said


@pytest.mark.parametrize(
    ("source", "has_boto3", "venv", "python", "ready"),
    [
        ("auto", True, "", PYTHON, True),
        ("auto", False, "boto3>=1.26", VENV, True),
        ("auto", False, "boto3==1.0", VENV, False),  # for another requirement
        ("venv", True, "", VENV, False),
        ("venv", True, "boto3>=1.26", VENV, True),
        ("distribution", False, "boto3>=1.26", PYTHON, False),
    ],
)
def test_which_python_runs_the_agent(
    source: str, has_boto3: bool, venv: str, python: str, ready: bool
) -> None:
    value = told({"has_boto3": has_boto3, "venv": venv}, boto3_source=source)
    assert (value("interpreter"), value("ready"), value("preparer")) == (python, ready, python)


def test_pip_is_told_the_index_and_the_requirement() -> None:
    pip = told(pip_index_url="https://pip.example.com", boto3_requirement="boto3==1.34.46")("pip")
    assert pip[-3:] == ["-i", "https://pip.example.com", "boto3==1.34.46"]
    assert "-i" not in told()("pip")


def test_what_root_makes_for_the_monitor_can_be_read_by_it() -> None:
    made = [*told()("for_all"), "sh", "-c", "umask"]
    done = subprocess.run(made, capture_output=True, text=True, check=True, umask=0o077)
    assert int(done.stdout, 8) == 0o022


def test_the_agent_is_prepared_for_the_python_that_runs_it() -> None:
    tasks = yaml.safe_load((TASKS / "present.yml").read_text(encoding="utf-8"))
    (agent,) = (one for one in tasks if "netops.floating_ip.floating_ip_agent" in one)
    python = agent["netops.floating_ip.floating_ip_agent"]["python"]
    assert python == "{{ __floating_ip_monitor_preparer }}"


def test_the_probes_before_the_arming_are_confined_as_the_monitor_is() -> None:
    given = [one.partition("=")[2] for one in told()("confined") if one.startswith("--property=")]
    unit = told()(SERVICE).splitlines()
    assert unit[-len(given) :] == given
    assert {"User=floating-ip", "ProtectHome=yes", "PrivateTmp=yes"} <= set(given)


def test_a_drill_by_the_calendar_is_confined_as_the_monitor_is() -> None:
    unit = rendered("floating_ip_monitor", __floating_ip_monitor_drill={"name": "db"})
    lines = unit("floating-ip-drill.service.j2").splitlines()
    exceptions = {"RuntimeDirectory=floating-ip", "RuntimeDirectoryPreserve=yes", "UMask=0077"}
    assert set(told()("confinement")) - set(lines) == exceptions
    assert "UMask=0027" in lines and lines[-1] == "SystemCallErrorNumber=EPERM"


@pytest.mark.parametrize(
    ("is_enabled", "arm", "new"),
    [
        (False, "when_up", ["db", "web"]),
        (False, "never", []),
        (False, "force", []),
        (True, "when_up", ["web"]),
        (True, "never", ["web"]),  # the monitor that runs would watch it at once
        (True, "force", []),
    ],
)
def test_what_is_new_to_a_monitor_is_probed_first(
    is_enabled: bool, arm: str, new: list[str]
) -> None:
    value = told({"is_enabled": is_enabled}, arm=arm)
    assert [one["name"] for one in value("new")] == new
    assert value("given_names") == ["db", "web"]


def test_what_is_recorded_and_not_there_is_new_as_well() -> None:
    """As a run leaves it that ends between the two."""
    value = told({"deployed": ["db", "web"], "places": {"db": []}})
    assert [one["name"] for one in value("new")] == ["web"]


def test_an_armed_monitor_does_not_get_what_it_would_see_down() -> None:
    rows = [
        {"floating_ip": "web", "target": "db-a", "health": "up", "reason": ""},
        {"floating_ip": "web", "target": "db-b", "health": "down", "reason": "refused"},
    ]
    probed = {"rc": 1, "stdout": json.dumps(rows), "stderr": ""}
    value = told(probed=probed)
    assert value("given_names") == ["db"]
    refusal = " ".join(value("refusal").split())
    assert "db-a is armed and does not watch web, for it must have seen" in refusal
    assert "web: db-b is down: refused." in refusal
    unarmed = told({"is_enabled": False}, probed=probed)
    assert unarmed("given_names") == ["db", "web"]
    assert "is installed and not armed, for" in " ".join(unarmed("refusal").split())


def test_nor_what_could_not_be_probed_at_all() -> None:
    value = told(probed={"rc": 1, "stdout": "", "stderr": "Failed to start the unit."})
    assert value("given_names") == ["db"]
    assert "Failed to start the unit." in value("refusal")
    assert told(probed={"rc": 0, "stdout": "[]", "stderr": ""})("given_names") == ["db", "web"]

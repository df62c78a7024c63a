# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role's look at a host whose Python is too old or missing."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest
import yaml
from ansible.template import trust_as_template

from ansible_collections.netops.floating_ip.tests.dev.workspace import ROOT
from ansible_collections.netops.floating_ip.tests.unit.roles.rendering import rendered

ROLE = ROOT / "roles" / "floating_ip_monitor"


def test_an_old_python_gets_so_far_as_to_say_how_old_it_is() -> None:
    """3.6, as RHEL 8 has it: so the role can tell what it needs, in the place of an error."""
    source = (ROLE / "files/survey.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    newer = r"__future__ import annotations|capture_output|text=True|removeprefix|removesuffix"
    assert re.findall(newer, source) == []


@pytest.mark.parametrize(
    ("survey", "is_good", "said"),
    [
        ({"rc": 0, "stdout": '{"has_systemd": true, "python": [3, 11]}'}, True, "is 3.11:"),
        ({"rc": 0, "stdout": '{"has_systemd": true, "python": [3, 6]}'}, False, "is 3.6:"),
        ({"rc": 0, "stdout": '{"has_systemd": false, "python": [3, 11]}'}, False, "is 3.11:"),
        (
            {"rc": 1, "stdout": "", "stderr": "line 1\nSyntaxError\n"},
            False,
            "cannot be run (SyntaxError):",
        ),
        ({"rc": 2, "stdout": "", "stderr": ""}, False, "cannot be run (no such program):"),
    ],
)
def test_a_host_that_cannot_run_the_monitor_is_refused_with_advice(
    survey: dict[str, Any], is_good: bool, said: str
) -> None:
    look, check, *_rest = yaml.safe_load((ROLE / "tasks/main.yml").read_text(encoding="utf-8"))
    assert "module_stderr" in look["failed_when"]  # no other failure ends it there
    conditions = " and ".join(check["ansible.builtin.assert"]["that"])
    message = check["ansible.builtin.assert"]["fail_msg"]
    value = rendered(
        "floating_ip_monitor",
        __floating_ip_monitor_survey=survey,
        is_good=trust_as_template(f"{{{{ {conditions} }}}}"),
        message=trust_as_template(message),
    )
    assert value("is_good") is is_good
    assert value("message").startswith("The monitor needs systemd and Python 3.9 or later, and ")
    assert said in value("message") and "name another by floating_ip_monitor_python" in message

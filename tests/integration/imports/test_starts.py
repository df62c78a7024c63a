# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a fresh interpreter loads, and that the agent starts in one. A start takes its time."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

from ansible_collections.netops.floating_ip.plugins import modules
from ansible_collections.netops.floating_ip.plugins.module_utils._aws import session
from ansible_collections.netops.floating_ip.plugins.plugin_utils import _bundle

PLAIN = ("floating_ip_agent", "floating_ip_context", "floating_ip_probe")  # for hosts without boto3


@pytest.mark.parametrize("name", PLAIN)
def test_a_module_for_any_host_loads_neither_boto_nor_amazon_aws(name: str) -> None:
    look = (
        f"import sys, {modules.__name__}.{name};"
        "print([n for n in sys.modules if n.startswith(('boto', 'ansible_collections.amazon'))])"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_layer_of_aws_does_not_load_the_library() -> None:
    name = session.__name__
    code = f"import sys, {name}; sys.exit('botocore' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_real_agent_tells_its_version_on_a_bare_host(tmp_path: pathlib.Path) -> None:
    agent = tmp_path / "floating-ip"
    agent.write_bytes(_bundle.build())
    command = [sys.executable, "-I", "-S", str(agent), "--version"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, "")

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the monitor is given: the agent as hosts get it, and the inventory's own definition."""

from __future__ import annotations

import json

import yaml

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.as_dict import to_raw
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.parse import parse
from ansible_collections.netops.floating_ip.plugins.plugin_utils import _bundle

from . import plan
from .stage import Stage


def write(stage: Stage) -> None:
    """Put the agent and the definition where the role would put them on a host."""
    plan.AGENT.write_bytes(_bundle.build())
    plan.AGENT.chmod(0o755)
    plan.DEFINITIONS.mkdir(parents=True, exist_ok=True)
    variables = yaml.safe_load((plan.INVENTORY / "group_vars" / "demo.yml").read_text("utf-8"))
    for each in parse(variables["floating_ips"], variables["floating_ip_defaults"]):
        path = plan.DEFINITIONS / f"{each.name}.json"
        path.write_text(json.dumps(to_raw(each), indent=2) + "\n", encoding="utf-8")
        both = f"{plan.rel(plan.AGENT)} and {plan.rel(path)}"
        stage.commands.say(f"({both}: what deploy puts on hosts)")

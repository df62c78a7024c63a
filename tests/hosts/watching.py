# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What monitors say of a floating IP, read from a host's disk: nothing is run there for it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from ansible_collections.netops.floating_ip.tests.lab.host import Host

FOLDER = "var/lib/floating-ip"
UNIT = "floating-ip-monitor"


def now() -> float:
    """The clock that monitors count by, which hosts share with this machine."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def said(host: Host, name: str) -> dict[str, Any]:
    """The last status; empty where there is none."""
    try:
        text = (host.disk.upper / FOLDER / f"{name}.status.json").read_text(encoding="utf-8")
        found = json.loads(text)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def is_running(status: Mapping[str, Any], since: float) -> bool:
    """Whether a monitor wrote it since then, and not as its last word.

    The agent's own `is_running` compares the names of boots, and each host has one of its own.
    """
    return bool(status) and not status["stopped"] and status["at"] >= since


def is_calm(status: Mapping[str, Any], holder: str, since: float) -> bool:
    """Whether a monitor that began after `since` believes in this holder and sees all targets up.

    What AWS shows in the first seconds after a start is believed later if it contradicts memory.
    """
    if not is_running(status, since) or status["alarm"]:
        return False
    is_believed = str(status["sentence"]).startswith(f"{holder} holds it and is up")
    return is_believed and set(status["health"].values()) == {"up"}


def took_it_itself(host: Host, name: str) -> bool:
    """Whether the last change that a host's context knows of is a move of its own monitor."""
    context = json.loads((host.disk.upper / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    made = [move for move in context["moves"] if move["result"] != "failed"]
    return bool(made) and made[-1]["source"] == "monitor"


def journal(host: Host, lines: int = 15) -> str:
    """The end of what the monitor wrote, where the host can be asked."""
    if host.leader is None or host.is_frozen:
        return f"{host.name} is off or frozen"
    return host.run(f"journalctl -u {UNIT} -o cat -n {lines} --no-pager", check=False).out

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The command probe: a program judges. Exit 0 passes; any other exit is a wrong answer."""

from __future__ import annotations

import os
import selectors

from .._engine.health import Evidence
from .request import ProbeRequest, Steps, Unmade, Verdict, Wait
from .tools import Tools

# systemd's, meant for this process alone: a command must not answer for the monitor's watchdog.
_OURS = (
    "NOTIFY_SOCKET",
    "WATCHDOG_PID",
    "WATCHDOG_USEC",
    "LISTEN_PID",
    "LISTEN_FDS",
    "LISTEN_FDNAMES",
)


def steps(request: ProbeRequest, tools: Tools) -> Steps:
    """No shell: the settings' argv, with the target's name and address in the environment."""
    name = request.where
    if not request.settings.command:
        raise Unmade("a command probe needs a command: set probe.command")
    try:
        child = tools.children.start(request.settings.command, _environment(request))
    except OSError as error:
        raise Unmade(
            f"{name} cannot be run: {error.strerror}; check its path and its mode"
        ) from error
    with child:
        yield Wait(child.exited, selectors.EVENT_READ, f"exit of {name}")
        status = child.status()
    if status is None or status < 0:
        how = "unseen" if status is None else f"by signal {-status}"
        return Verdict(Evidence.UNKNOWN, f"{name} ended {how}, without a judgement")
    return Verdict(Evidence.WRONG if status else Evidence.PASSED, f"{name} exited with {status}")


def _environment(request: ProbeRequest) -> dict[str, str]:
    environment = {key: value for key, value in os.environ.items() if key not in _OURS}
    environment["FLOATING_IP_TARGET"] = request.target
    environment["FLOATING_IP_ADDRESS"] = request.address
    return environment

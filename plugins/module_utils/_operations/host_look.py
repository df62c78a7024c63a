# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Look at this host: its addresses, its monitor, its clock, who it is. Changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from .._aws.errors import AwsError
from .._aws.identity import identity
from .._definition.model import FloatingIp
from .._engine.host_readiness import HostFacts, Monitor
from .here import target_of

SERVICE, TIMER = "floating-ip-monitor.service", "floating-ip-monitor.timer"
SHOWN = "--property=Id,LoadState,UnitFileState,ActiveState,StatusText"
CHECK_SECONDS = 20.0  # for the agent to read its definitions on a busy host
COMMAND_SECONDS = 10.0


@dataclass(frozen=True)
class Places:
    """Where the agent and its definitions are, and its words for the alias."""

    agent: str = "/usr/local/bin/floating-ip"
    definitions: str = "/etc/floating-ip"
    holds: str = "/run/floating-ip/holds"


def look_here(
    definitions: Sequence[FloatingIp],
    places: Places,
    ahead: Optional[float] = None,
    is_asked: bool = True,
) -> HostFacts:
    """What there is. `is_asked`: also the metadata service, who this host is."""
    files = _files(places.definitions)
    targets, unidentified = _targets(definitions) if is_asked else ({}, None)
    return HostFacts(
        addresses_in(_said(["ip", "-json", "address", "show"]) or ""),
        monitor_in(_said(["systemctl", "show", SHOWN, SERVICE, TIMER]) or ""),
        {name: _read(path) for name, path in files.items()},
        _refusals(places.agent, list(files.values())),
        _is_synchronized(),
        ahead,
        targets,
        holds_in(places.holds),
        unidentified,
    )


def addresses_in(told: str) -> dict[str, str]:
    """Every address of this host, with its interface, from what `ip` said."""
    return {
        one["local"]: str(link["ifname"])
        for link in (json.loads(told) if told else [])
        for one in link.get("addr_info", ())
        if "local" in one
    }


def monitor_in(told: str) -> Monitor:
    """The state of the service and its timer, from what `systemctl` said."""
    units = {}
    for block in told.strip().split("\n\n"):
        unit = dict(line.partition("=")[::2] for line in block.splitlines())
        units[unit.get("Id", "")] = unit
    service, timer = units.get(SERVICE, {}), units.get(TIMER, {})
    return Monitor(
        service.get("LoadState") == "loaded",
        timer.get("UnitFileState") == "enabled",
        timer.get("ActiveState") == "active",
        service.get("ActiveState") in ("active", "reloading"),
        service.get("StatusText", ""),
    )


def holds_in(directory: str) -> Optional[frozenset[str]]:
    """The floating IPs that the monitor says this host has; None where that cannot be read."""
    try:
        return frozenset(os.listdir(directory))
    except FileNotFoundError:
        return frozenset()  # it has said nothing yet
    except OSError:
        return None


def _files(directory: str) -> dict[str, str]:
    try:
        names = sorted(name for name in os.listdir(directory) if name.endswith(".json"))
    except OSError:
        return {}
    return {name[: -len(".json")]: os.path.join(directory, name) for name in names}


def _read(path: str) -> Any:
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return None


def _refusals(agent: str, files: Sequence[str]) -> tuple[str, ...]:
    """What the agent has against its definitions; nothing where there is no agent."""
    if not files or not os.access(agent, os.X_OK):
        return ()
    try:
        done = _run([agent, "check-config", *files], CHECK_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        return (f"The agent could not be asked about its definitions: {error}.",)
    said = f"{done.stdout}{done.stderr}".strip().splitlines()
    return tuple(said) if done.returncode else ()


def _is_synchronized() -> Optional[bool]:
    told = _said(["timedatectl", "show", "--property=NTPSynchronized", "--value"])
    return {"yes": True, "no": False}.get((told or "").strip())


def _targets(
    definitions: Sequence[FloatingIp],
) -> tuple[Mapping[str, Optional[str]], Optional[str]]:
    try:
        found = identity()
    except AwsError as error:
        return {}, str(error)
    return {one.name: target_of(one, found) for one in definitions}, None


def _said(command: Sequence[str]) -> Optional[str]:
    """What a command prints; None where it is missing, fails or hangs."""
    try:
        done = _run(command, COMMAND_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _run(command: Sequence[str], seconds: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        env={**os.environ, "LC_ALL": "C"},
    )

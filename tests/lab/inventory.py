# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory of the hosts, and what Ansible must be told to reach them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from .host import Host

PLUGINS = Path(__file__).with_name("connection")
ENVIRONMENT = {"ANSIBLE_CONNECTION_PLUGINS": str(PLUGINS), "ANSIBLE_PIPELINING": "true"}

Groups = Mapping[str, Sequence[str]]
Variables = Mapping[str, Mapping[str, Any]]


def write(
    path: Path, hosts: Iterable[Host], groups: Groups | None, variables: Variables | None
) -> Path:
    """Write hosts.yml into a folder, or a file as named; the path of what was written.

    `groups`: host names by group; names that are no hosts of the lab are hosts too, for example
    environment hosts. `variables`: by host or by group.
    """
    at = path / "hosts.yml" if path.is_dir() else path
    given = {name: dict(values) for name, values in (variables or {}).items()}
    members = groups or {}
    known = {host.name: {**_reached(host), **given.pop(host.name, {})} for host in hosts}
    for name in (name for names in members.values() for name in names if name not in known):
        known[name] = given.pop(name, {})
    children = {
        name: {"hosts": {member: {} for member in names}, "vars": given.pop(name, {})}
        for name, names in members.items()
    }
    if given:
        raise ValueError(f"Variables of unknown hosts or groups: {sorted(given)}.")
    at.write_text(yaml.safe_dump({"all": {"hosts": known, "children": children}}))
    return at


def _reached(host: Host) -> dict[str, Any]:
    return {
        "ansible_connection": "lab_host",
        "lab_host_directory": str(host.disk.directory),
        "ansible_python_interpreter": "/usr/bin/python3",
    }

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Make the values of `model.py` from cleaned and merged settings."""

from __future__ import annotations

from typing import Any

from .addresses import version_of
from .model import Aws, FloatingIp, Hooks, Policy, Probe, RouteTables, Store, Target
from .schema_probe import DEFAULT_PORTS

_SECTIONS = {
    "aws": Aws,
    "route_tables": RouteTables,
    "policy": Policy,
    "hooks": Hooks,
    "store": Store,
}
_NOT_IN_MODEL = ("targets_from", "metrics")


def build(settings: dict[str, Any]) -> FloatingIp:
    """The definition; what is missing is empty, for `validate.py` to tell of."""
    plain = {name: value for name, value in settings.items() if name not in _NOT_IN_MODEL}
    for name, section in _SECTIONS.items():
        if name in plain:
            plain[name] = section(**plain[name])
    plain["name"] = plain.get("name", "")
    plain["addresses"] = tuple(sorted(plain.get("addresses", ()), key=version_of))
    plain["targets"] = tuple(_target(target) for target in plain.get("targets", ()))
    plain["probe"] = _probe(plain.get("probe", {}))
    return FloatingIp(**plain)


def _target(settings: dict[str, Any]) -> Target:
    return Target(**{"name": "", **settings})


def _probe(settings: dict[str, Any]) -> Probe:
    protocol = settings.get("protocol", Probe.protocol)
    return Probe(**{"port": DEFAULT_PORTS.get(protocol), **settings})

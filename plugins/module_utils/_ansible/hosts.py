# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What floating_ip_host_info returns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._definition.model import FloatingIp
from .._engine.host_readiness import HostFacts, Role, host_checks, seats_of
from .answer import Answer


def answer_of_host(role: Role, definitions: Sequence[FloatingIp], facts: HostFacts) -> Answer:
    """Never failed: whoever asks decides what is to become of a host that is not ready."""
    checks = host_checks(role, definitions, facts)
    wrong = [check.text for check in checks if check.ok is False]
    host: dict[str, Any] = {
        "target": role.target,
        "addresses": [
            {"floating_ip": one.name, "address": address, "interface": facts.addresses.get(address)}
            for one in seats_of(definitions, role.target)
            for address in one.addresses
        ],
        "monitor": {
            "installed": facts.monitor.is_installed,
            "armed": facts.monitor.is_armed and facts.monitor.is_enabled,
            "running": facts.monitor.is_running,
            "status": facts.monitor.text,
        },
        "readiness": [{"check": one.name, "ok": one.ok, "text": one.text} for one in checks],
        "ready": not wrong,
    }
    return Answer(" ".join(wrong) or f"{role.target} is ready.", values={"host": host})

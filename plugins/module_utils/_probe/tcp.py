# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The tcp probe: a connection is enough. A hung or frozen host still passes it: prefer http."""

from __future__ import annotations

from .._engine.health import Evidence
from .connect import connected
from .request import ProbeRequest, Steps, Verdict
from .tools import Tools


def steps(request: ProbeRequest, tools: Tools) -> Steps:
    sock = yield from connected(request, tools.resolver)
    sock.close()
    return Verdict(Evidence.PASSED, f"{request.where} accepted the connection")

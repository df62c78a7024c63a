# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What a probe is asked, what it waits for, what it concluded: the values between these files."""

from __future__ import annotations

import socket
from collections.abc import Generator
from dataclasses import dataclass
from typing import NamedTuple, Optional, Union

from .._definition.model import Probe
from .._engine.health import Evidence, ProbeResult


@dataclass(frozen=True)
class ProbeRequest:
    """One probe of one target. `address` is an IP or a name; `command` may leave it empty."""

    target: str
    address: str
    settings: Probe
    timeout: Optional[float] = None  # seconds; the settings' own where None
    floating_ip: str = ""  # whose target this is, for a caller that watches several
    abrupt: bool = False  # end TCP by a reset: hundreds a second would use up the ports otherwise

    @property
    def limit(self) -> float:
        """Seconds that the whole probe may take, name resolution included."""
        return self.settings.timeout if self.timeout is None else self.timeout

    @property
    def port(self) -> int:
        """The port to probe; ValueError where neither the settings nor the protocol has one."""
        port = self.settings.port or {"http": 80, "https": 443}.get(self.settings.protocol)
        if port is None:
            raise ValueError(f"a {self.settings.protocol} probe needs a port: set probe.port")
        return port

    @property
    def where(self) -> str:
        """What is probed, as reasons name it: "10.0.1.10:80", "[fd00::1]:80", "check.sh"."""
        if self.settings.protocol == "command":
            return self.settings.command[0] if self.settings.command else "the command"
        if self.settings.protocol == "icmp":
            return self.address
        return f"{bracketed(self.address)}:{self.settings.port or self.port}"


class Done(NamedTuple):
    """A result with the request that it answers: several floating IPs may share a target's name."""

    request: ProbeRequest
    result: ProbeResult


class Verdict(NamedTuple):
    """A probe's conclusion."""

    evidence: Evidence
    reason: str  # a sentence


class Wait(NamedTuple):
    """A probe goes on when `source` is ready; at its deadline it ends with `expiry`."""

    source: Union[socket.socket, int]
    events: int  # selectors.EVENT_READ or EVENT_WRITE
    missing: str  # what it then lacked: "connection to 10.0.1.10:80"
    expiry: Evidence = Evidence.TIMEOUT


Steps = Generator[Wait, None, Verdict]  # one probe; closing it releases everything that it holds


class Unmade(Exception):
    """The probe could not be made, which says nothing of the target. The text is a sentence."""


def bracketed(address: str) -> str:
    """An address as it stands before a port: IPv6 in brackets."""
    return f"[{address}]" if ":" in address else address

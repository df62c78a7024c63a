# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Measure floating addresses from this host, as a client of theirs."""

from __future__ import annotations

import math
import os
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

from .._definition.model import FloatingIp, Probe
from .._probe.meter import END, Clocks, Line, Pace, Told, measure, nobody, problem_of
from .._probe.references import is_this_host
from .._report.event import utc
from .._store.clock import boot_id, boottime

TIMEOUT = 0.2  # seconds: less than TCP's own first repetition, so that a question is a packet


@dataclass(frozen=True)
class Question:
    """How the addresses are asked, where that is not as the definition's probe asks."""

    protocol: Optional[str] = None
    port: Optional[int] = None
    path: Optional[str] = None
    timeout: float = TIMEOUT
    address: Optional[str] = None  # where clients reach the floating address by another one


def lines_of(definition: FloatingIp, question: Question) -> tuple[Line, ...]:
    """What to ask for one floating IP."""
    settings = _settings(definition.probe, question)
    wanted = definition.addresses if question.address is None else (question.address,)
    return tuple(Line(definition.name, address, settings) for address in wanted)


def _settings(probe: Probe, question: Question) -> Probe:
    settings = replace(probe, timeout=question.timeout)
    if question.protocol is not None and question.protocol != probe.protocol:
        settings = replace(settings, protocol=question.protocol, port=None)
    if question.port is not None:
        settings = replace(settings, port=question.port)
    return settings if question.path is None else replace(settings, path=question.path)


def problems_of(lines: Sequence[Line], pace: Pace) -> tuple[str, ...]:
    """Why these cannot be measured from here, as sentences; Linux answers its own addresses."""
    found = [problem for line in lines if (problem := problem_of(line, pace)) is not None]
    return (*found, *(_own(line) for line in lines if is_own(line.address)))


def is_own(address: str) -> bool:
    """Whether this host has it; loopback is everyone's, and stands for others in tests."""
    return not address.startswith("127.") and is_this_host(address)


def _own(line: Line) -> str:
    return (
        f"This host has {line.address} itself, so it would measure itself: measure "
        f"{line.floating_ip} from a client, which is none of the targets."
    )


@dataclass
class ToldByFile:
    """Words for the meter in a file: whoever replaces its content tells the meter the new word.

    Whoever removes it, ends the measuring; so does who leaves it alone for longer than `within`
    seconds, for he is gone.
    """

    path: str
    within: float = math.inf
    clock: Callable[[], float] = time.monotonic
    seen: int = 0  # the last change, in nanoseconds
    word: str = ""
    heard: float = math.nan  # when it was first seen, or seen changed

    def __call__(self) -> Optional[str]:
        if math.isnan(self.heard):
            self.heard = self.clock()
        try:
            changed = os.stat(self.path).st_mtime_ns
            if changed == self.seen:
                return END if self.clock() - self.heard > self.within else None
            with open(self.path, encoding="utf-8") as file:
                word = file.read(100).strip()
        except FileNotFoundError:
            return END if self.seen else None
        except (OSError, ValueError):
            return None
        self.heard = self.clock()
        self.seen, before, self.word = changed, self.word, word
        return word if word and word != before else None


def measure_here(
    lines: Sequence[Line], pace: Pace, told: Told = nobody, host: str = ""
) -> list[dict[str, Any]]:
    """One measurement for each line, with who measured and when. Raises ValueError."""
    measured = measure(lines, pace, Clocks(boottime, time.time), told)
    who = {"host": host or socket.gethostname(), "boot_id": boot_id()}
    return [{**who, "time": utc(one["began"]["wall"]), **one} for one in measured]

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What one window of the monitor hands to the next beside the contexts on disk: the schedule.

It goes through a pipe that survives the re-execution: so it needs no disk, and a context that a
broken one could not take goes the same way.
"""

from __future__ import annotations

import fcntl
import json
import os
import stat
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from .._engine.context import Context
from .._engine.context_json import from_json, to_json
from .._engine.decision import Decision, Verdict
from .._engine.health import Health
from .watch import Watch

VARIABLE = "FLOATING_IP_HANDOVER"  # the pipe's file descriptor
_F_SETPIPE_SZ = 1031  # fcntl has its name from Python 3.10 on
_ORDINARY = 65536  # bytes that a pipe holds as it is


@dataclass(frozen=True)
class Handed:
    """Of one floating IP. `context`: only where the disk has an older one."""

    next_round: float
    left_at: float = 0.0  # when the last window saved it, right before its end
    health: Mapping[str, Health] = field(default_factory=dict)  # as it was last told
    decision: Optional[Decision] = None  # the last one that was told
    context: Optional[Context] = None


Handover = Mapping[str, Handed]  # by name


def hand_over(watches: Iterable[Watch], environment: MutableMapping[str, str]) -> None:
    """Leave it for the program that this process executes next. What does not fit is left out."""
    whole = {watch.name: _raw(watch) for watch in watches}
    brief = {name: {**one, "context": None} for name, one in whole.items()}
    listen, tell = os.pipe()
    for document in (whole, brief):
        data = json.dumps(document).encode()
        if _room(tell, len(data)):
            os.write(tell, data)
            break
    os.close(tell)
    os.set_inheritable(listen, True)
    environment[VARIABLE] = str(listen)


def taken_over(environment: MutableMapping[str, str]) -> Optional[Handover]:
    """What the last window left; None where this is no next window. Children never see it."""
    given = environment.pop(VARIABLE, "")
    if not given.isdigit():
        return None
    listen = int(given)
    try:
        if not stat.S_ISFIFO(os.fstat(listen).st_mode):
            return None
        raw = json.loads(_all_of(listen))
        return {name: _handed(one) for name, one in raw.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # it goes on, but nothing is known of the schedule


def _raw(watch: Watch) -> dict[str, Any]:
    is_ahead = watch.problem is not None
    return {
        "next_round": watch.next_round,
        "left_at": watch.saved_at,
        "health": {name: health.value for name, health in watch.health.items()},
        "decision": _raw_decision(watch.told.decision),
        "context": to_json(watch.context) if is_ahead else None,
    }


def _handed(raw: Mapping[str, Any]) -> Handed:
    context = raw["context"]
    return Handed(
        float(raw["next_round"]),
        float(raw["left_at"]),
        {name: Health(word) for name, word in raw["health"].items()},
        _decision(raw["decision"]),
        None if context is None else from_json(context),
    )


def _raw_decision(decision: Optional[Decision]) -> Optional[Sequence[Any]]:
    if decision is None:
        return None
    return decision.verdict.value, decision.reason, decision.to, decision.alarm


def _decision(raw: Optional[Sequence[Any]]) -> Optional[Decision]:
    if raw is None:
        return None
    verdict, reason, to, alarm = raw
    return Decision(Verdict(verdict), str(reason), to, alarm=bool(alarm))


def _room(pipe: int, size: int) -> bool:
    """Whether an empty pipe takes so much at once, after it was made to if need be."""
    try:
        return fcntl.fcntl(pipe, _F_SETPIPE_SZ, max(size, _ORDINARY)) >= size
    except OSError:  # more than an unprivileged user may have
        return size <= _ORDINARY


def _all_of(listen: int) -> bytes:
    parts: list[bytes] = []
    try:
        while True:
            part = os.read(listen, 65536)
            if not part:
                return b"".join(parts)
            parts.append(part)
    finally:
        os.close(listen)

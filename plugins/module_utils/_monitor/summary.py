# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""All that is watched in one line, for people who ask the service manager."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

from .._engine.cells import standing_of
from .._engine.decision import Decision, Verdict
from .status import sentence_of, telling
from .watch import Watch

NOTHING = "It watches nothing: no definition is left. Deploy, or write one and reload."


def status_line(watches: Iterable[Watch], now: float) -> str:
    """Who holds what and why; what needs attention comes first, for the end may be cut off."""
    watched = list(watches)
    if not watched:
        return NOTHING
    told = {watch.name: telling(watch, now) for watch in watched}
    if len(watched) == 1:
        return _sentence(watched[0], told[watched[0].name])
    troubled = [watch for watch in watched if not _is_calm(watch, told[watch.name])]
    parts = [_sentence(watch, told[watch.name]) for watch in troubled]
    parts += [_holding(watch) for watch in watched if watch not in troubled]
    return f"{len(watched)} floating IPs, {len(troubled)} not at rest. {'; '.join(parts)}"


def _is_calm(watch: Watch, decision: Optional[Decision]) -> bool:
    is_held = watch.look is not None and standing_of(watch.look)[1] is not None
    is_at_rest = decision is not None and decision.verdict is Verdict.HOLD and not decision.alarm
    return is_held and is_at_rest and watch.pause is None


def _sentence(watch: Watch, decision: Optional[Decision]) -> str:
    return f"{watch.name}: {sentence_of(decision)}"


def _holding(watch: Watch) -> str:
    holder = standing_of(watch.look)[1] if watch.look is not None else None
    return f"{watch.name}: {holder} holds it"

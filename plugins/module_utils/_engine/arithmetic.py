# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""How long an outage lasts at worst, as a sum that people can follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

from .._definition.model import ROUTE, FloatingIp, Probe

# AWS's token buckets, per account and Region: how many calls at once, and how many a second then.
BUCKET_SIZE = {ROUTE: 50}
OTHER_BUCKET_SIZE = 100
BUCKET_REFILL = 5.0

API_ALLOWANCE = 1.0  # seconds: the look right before, the writes, the reads that verify them
PROPAGATION_ALLOWANCE = 1.0  # seconds until packets follow


@dataclass(frozen=True)
class Arithmetic:
    """The worst case in seconds. `sentence` is the sum in words."""

    detection: float
    api: float
    pacing: float
    propagation: float
    sentence: str

    @property
    def total(self) -> float:
        return self.detection + self.api + self.pacing + self.propagation


def worst_case(
    definition: FloatingIp,
    cells: int,
    others: int = 0,
    api_allowance: float = API_ALLOWANCE,
    propagation_allowance: float = PROPAGATION_ALLOWANCE,
) -> Arithmetic:
    """From the moment a holder dies to the first packet at the next one.

    `others`: the cells of all other addresses that share a failing target, as they move with it.
    The allowances are what a drill measured, where there was one: see `allowances`.
    """
    probe = definition.probe
    waiting = pacing(definition.mechanism, cells + others)
    fixed = Arithmetic(detection(probe), api_allowance, waiting, propagation_allowance, "")
    sentence = (
        f"{_detection_words(probe)} = {fixed.detection:g} s to detect; + {api_allowance:g} s for "
        f"AWS's API + {waiting:g} s for its limit on {cells + others} cells + "
        f"{propagation_allowance:g} s to propagate = {fixed.total:g} s"
    )
    return Arithmetic(fixed.detection, api_allowance, waiting, propagation_allowance, sentence)


def allowances(drill: Optional[Mapping[str, Any]]) -> tuple[float, float]:
    """Seconds for AWS's API and until packets follow: the last drill's, else what is assumed.

    `drill` is what is remembered of it; a figure that it could not measure is missing or None.
    """
    found = drill or {}
    api, propagation = found.get("api_seconds"), found.get("propagation_seconds")
    return (
        API_ALLOWANCE if api is None else float(api),
        PROPAGATION_ALLOWANCE if propagation is None else float(propagation),
    )


def detection(probe: Probe, is_refused: bool = False) -> float:
    """Seconds from the end of a holder until it is proven down, at worst.

    It ends right after a probe passed, so the next one starts an interval later. For `is_refused`
    see `judging`.
    """
    return probe.interval + judging(probe, is_refused)


def judging(probe: Probe, is_refused: bool = False) -> float:
    """Seconds from the start of the first probe that fails until the one that proves it down.

    Once that first one has timed out, probes start every `fast_interval` without waiting for each
    other. `is_refused`: its host answers at once that nothing listens there, so no probe times out
    and `min_down` does not count.
    """
    if is_refused:
        return (probe.fall - 1) * _pace(probe)
    return probe.timeout + _until_sure(probe)


def pacing(mechanism: str, cells: int) -> float:
    """Seconds that AWS's token bucket makes the last of so many writes wait."""
    return max(0, cells - BUCKET_SIZE.get(mechanism, OTHER_BUCKET_SIZE)) / BUCKET_REFILL


def objective_problem(definition: FloatingIp, arithmetic: Arithmetic) -> Optional[str]:
    """Why the objective cannot be met, with the sum; None where it can, or where none is set."""
    objective = definition.objective_seconds
    if objective is None or arithmetic.total <= objective:
        return None
    return (
        f"Floating IP {definition.name}: an outage may last {arithmetic.total:g} s, "
        f"objective_seconds is {objective:g}. The sum: {arithmetic.sentence}. Shorten the probe's "
        "interval or timeout, use fewer cells, or raise the objective."
    )


def objective_met(definition: FloatingIp, arithmetic: Arithmetic) -> str:
    """How long an outage may last, with the sum, where `objective_problem` finds nothing wrong."""
    objective = definition.objective_seconds
    told = "" if objective is None else f", within objective_seconds ({objective:g})"
    return f"At worst an outage lasts {arithmetic.total:g} s{told}. The sum: {arithmetic.sentence}."


def _until_sure(probe: Probe) -> float:
    """Seconds from the first failure to the one that proves it down."""
    more = _enough(probe) - 1
    return max(more * _pace(probe) + probe.timeout, probe.min_down)


def _enough(probe: Probe) -> int:
    """How many failures prove a silence.

    One alone never does: only of a probe that began after an answer is it known that the path
    worked all the while (see health.py).
    """
    return max(probe.fall, 2)


def _pace(probe: Probe) -> float:
    return min(probe.fast_interval, probe.interval)


def _detection_words(probe: Probe) -> str:
    return (
        f"interval {probe.interval:g} s + timeout {probe.timeout:g} s + {_until_sure(probe):g} s "
        f"until failure {_enough(probe)}"
    )

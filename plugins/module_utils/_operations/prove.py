# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Prove: probe targets now, from here, until they are clearly up or down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Optional

from .._definition.model import FloatingIp
from .._engine.cells import Look
from .._probe.request import ProbeRequest
from .._probe.rounds import settle
from .proof import Proof, Proofs


def prove(
    definitions: Sequence[FloatingIp], looks: Mapping[str, Look], clock: Callable[[], float]
) -> Proofs:
    """Probe every target of the definitions, all at once, at their fast pace."""
    requests = [
        _request(definition, target.name, looks.get(definition.name))
        for definition in definitions
        for target in definition.targets
    ]
    attempts = max((_attempts(definition) for definition in definitions), default=1)
    found = settle(requests, clock, attempts)
    return {
        (one.request.floating_ip, one.request.target): Proof(one.health, one.results[-1].reason)
        for one in found
    }


def _attempts(definition: FloatingIp) -> int:
    return max(definition.probe.rise, definition.probe.fall)


def _request(definition: FloatingIp, target: str, look: Optional[Look]) -> ProbeRequest:
    fast = replace(definition.probe, interval=definition.probe.fast_interval)
    address = definition.target(target).probe_address
    if address is None and look is not None:
        address = next((p.address for p in look.places if p.target == target), None)
    return ProbeRequest(target, address or "", fast, floating_ip=definition.name)

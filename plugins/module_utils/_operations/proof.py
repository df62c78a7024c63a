# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What probes from this host showed. Apart from the prober, which a claim has no time to load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .._engine.health import Health


@dataclass(frozen=True)
class Proof:
    """What they showed of one target. `reason` is the last probe's sentence."""

    health: Health
    reason: str


Proofs = Mapping[tuple[str, str], Proof]  # by floating IP and target

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""How much time the loop lost for its probes: a late loop must not call a target silent."""

from __future__ import annotations

_FLOOR = 0.005  # seconds; shorter absences are ordinary work


class Attention:
    """Adds up the seconds in which the loop neither waited nor handled what had come.

    Lost are: time that the caller spends between two waits, a long batch of work, and a select that
    returns after it was due (a starved, stopped or suspended process).
    """

    def __init__(self, now: float) -> None:
        self._attended = now  # until then nothing was missed
        self._lost = 0.0

    def lost_by(self, now: float) -> float:
        """Seconds lost up to `now`. The difference of two calls is what was lost between them."""
        return self._lost + self._counted(now - self._attended)

    def returns(self, now: float) -> None:
        """The loop begins to wait."""
        self._lost = self.lost_by(now)
        self._attended = now

    def waited(self, now: float, due: float) -> None:
        """The loop stopped waiting at `now`, and should have at `due` at the latest."""
        self._lost += self._counted(now - due)
        self._attended = now

    @staticmethod
    def _counted(absence: float) -> float:
        return absence if absence > _FLOOR else 0.0

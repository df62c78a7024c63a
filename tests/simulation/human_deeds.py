# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps of a schedule that people take: operators, and those who do not tell us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ansible_collections.netops.floating_ip.plugins.module_utils._operations import contexts
from ansible_collections.netops.floating_ip.tests.simulation.schedule import STRANGER, Step
from ansible_collections.netops.floating_ip.tests.simulation.undo import Undo

if TYPE_CHECKING:
    from ansible_collections.netops.floating_ip.tests.simulation.world import World

RIVAL = "rival"


class HumanDeeds:
    """One method for each kind of step; it returns how to undo what lasts."""

    world: World

    def runbook(self, step: Step) -> Undo:
        people = self.world.people
        people.begin(lambda: people.runbook(step), step.value)
        return None

    def by_hand(self, step: Step) -> Undo:
        people = self.world.people
        people.begin(lambda: people.by_hand(step), step.value)
        return None

    def drain(self, step: Step) -> Undo:
        return self._ordered(contexts.DRAINED, contexts.UNDRAINED, step.to)

    def pause(self, step: Step) -> Undo:
        return self._ordered(contexts.PAUSED, contexts.RESUMED, None)

    def reset(self, step: Step) -> Undo:
        people = self.world.people
        people.begin(lambda: people.order(contexts.RESET))
        return None

    def rival(self, step: Step) -> Undo:
        """Someone points one table, or every table, at a target, a stranger or nothing."""
        self._point(step, only_strays=False)
        return None

    def reverter(self, step: Step) -> Undo:
        """Someone points every table back every `value` seconds, as a pipeline does."""
        at = step.at
        while at < step.until:
            self.world.kernel.at(at, lambda: self._point(step, only_strays=True))
            at += max(step.value, 1.0)
        return None

    def _point(self, step: Step, only_strays: bool) -> None:
        cloud = self.world.cloud
        after = {"": None, "x": STRANGER}.get(step.to, f"eni-{step.to}")
        keys = [key for key in cloud.keys if step.who in ("", key[0])]
        if only_strays:
            keys = [key for key in keys if cloud.state.get(key) != after]
        if keys:
            cloud.change(dict.fromkeys(keys, after), RIVAL, self.world.kernel.now)

    def _ordered(self, first: str, then: str, target: str | None) -> Undo:
        people = self.world.people
        people.begin(lambda: people.order(first, target))
        return lambda: people.begin(lambda: people.order(then, target))

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The whole law: the rules of all its files."""

from __future__ import annotations

from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine import (
    law_of_acting,
    law_of_failback,
    law_of_fights,
    law_of_health,
    law_of_holders,
    law_of_interruptions,
    law_of_moves,
    law_of_observers,
    law_of_splits,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.law import (
    Rule,
    rules_of,
)

RULES: list[Rule] = rules_of(
    law_of_acting,
    law_of_failback,
    law_of_fights,
    law_of_health,
    law_of_holders,
    law_of_interruptions,
    law_of_moves,
    law_of_observers,
    law_of_splits,
)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The engine keeps the law. tests/integration/engine/ shows that each property can fail."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.law import (
    Rule,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.laws import (
    RULES,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_engine_keeps_the_law_that(rule: Rule) -> None:
    rule.holds()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_been_broken_once(rule: Rule) -> None:
    assert rule.bugs

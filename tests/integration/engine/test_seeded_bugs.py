# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each rule is broken on purpose, and its property must notice: else it proves nothing."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.law import (
    Bug,
    Rule,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.laws import (
    RULES,
)

SEEDED = [
    pytest.param(rule, bug, id=f"{rule.name}-{bug.module.__name__.rsplit('.')[-1]}.{bug.name}")
    for rule in RULES
    for bug in rule.bugs
]


@pytest.mark.parametrize(("rule", "bug"), SEEDED)
def test_the_law_notices(rule: Rule, bug: Bug, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bug.module, bug.name, bug.wrong)
    with pytest.raises(AssertionError):
        rule.holds()

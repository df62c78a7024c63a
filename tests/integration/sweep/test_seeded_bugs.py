# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way changes are carried out is broken on purpose, and the sweep must notice."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Action
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.plan import Step
from ansible_collections.netops.floating_ip.plugins.module_utils._operations import (
    carry_out,
    verify,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.judge import (  # noqa: E501 - the path of a module
    check,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.sweep import (  # noqa: E501 - the path of a module
    SCENARIOS,
    Case,
    single_faults,
    with_rivals,
)

NAMES = ("move a secondary address", "create what is missing")


def cases() -> Iterator[Case]:
    for scenario in SCENARIOS:
        if scenario.name in NAMES:
            for single in (Case(scenario), *single_faults(scenario)):
                yield single
                yield from with_rivals(single)


@pytest.mark.parametrize(
    ("module", "name", "wrong"),
    [
        pytest.param(verify, "CALL_TIMEOUT", 0.0, id="no time is left for what is late"),
        pytest.param(verify, "after_failure", lambda *_all: Step.RESEND, id="always resent"),
        pytest.param(verify, "after_failure", lambda *_all: Step.DONE, id="lost is done"),
        pytest.param(carry_out, "after_failure", lambda *_all: Step.FAILED, id="lost is failed"),
        pytest.param(carry_out, "CERTAINLY_NOT_DONE", carry_out.PASSING, id="lost is not done"),
        pytest.param(carry_out, "LOOK_VALID", 60.0, id="an old look will do"),
        pytest.param(carry_out, "_is_guarded", lambda *_all: True, id="no look is too old"),
        pytest.param(carry_out, "_compare", lambda *_all: None, id="looks are not heeded"),
        pytest.param(verify, "_is_torn", lambda _seen: True, id="no conflict is seen"),
        pytest.param(
            verify,
            "_verify_written",
            lambda _terms, work, seen: work.settle(seen.cell, Action.MOVED),
            id="what was written is not read",
        ),
    ],
)
def test_the_sweep_notices(
    module: ModuleType, name: str, wrong: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, wrong)
    with pytest.raises(AssertionError):
        check_all()


def check_all() -> None:
    for case in cases():
        check(case)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import errno

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.evidence import (
    evidence_of_errno,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.reasons import verdict_of

WHERE = "10.0.1.10:80"


def test_every_errno_has_its_evidence_and_a_sentence() -> None:
    for code, name in errno.errorcode.items():
        verdict = verdict_of(OSError(code, "as the system says"), WHERE)
        assert verdict.evidence is evidence_of_errno(code), name  # the engine's table and test
        assert len(verdict.reason.split()) >= 4, name
        assert "{" not in verdict.reason, name


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (errno.ECONNREFUSED, "connection refused by 10.0.1.10:80"),
        (errno.EMFILE, "LimitNOFILE"),
        (errno.ENETUNREACH, "no route to 10.0.1.10:80"),
        (errno.EPERM, "check its firewall"),
        (errno.EXDEV, "the probe of 10.0.1.10:80 could not be made"),
    ],
)
def test_a_reason_says_what_happened_and_what_to_do(code: int, advice: str) -> None:
    assert advice in verdict_of(OSError(code, ""), WHERE).reason


def test_an_error_without_a_number_is_unknown() -> None:
    assert verdict_of(OSError("odd"), WHERE).evidence is Evidence.UNKNOWN

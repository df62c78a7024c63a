# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import errno

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.evidence import (
    OURS,
    REFUSALS,
    SILENCES,
    evidence_of_errno,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence


@pytest.mark.parametrize("name", ["ECONNREFUSED", "ECONNRESET", "EPIPE"])
def test_a_refusal_is_the_targets_own_word(name: str) -> None:
    assert evidence_of_errno(getattr(errno, name)) is Evidence.REFUSED


def test_a_silence_waits_for_a_reference() -> None:
    assert evidence_of_errno(errno.ETIMEDOUT) is Evidence.TIMEOUT


@pytest.mark.parametrize(
    "name",
    [
        "ENETUNREACH",
        "EHOSTUNREACH",
        "EADDRNOTAVAIL",
        "EMFILE",
        "ENFILE",
        "ENOMEM",
        "ENOBUFS",
        "EPERM",
    ],
)
def test_what_this_host_could_not_do_says_nothing_of_the_target(name: str) -> None:
    assert evidence_of_errno(getattr(errno, name)) is Evidence.UNKNOWN


def test_every_errno_that_is_not_listed_says_nothing() -> None:
    listed = {*REFUSALS, *SILENCES}
    for code in errno.errorcode:
        if code not in listed:
            assert evidence_of_errno(code) is Evidence.UNKNOWN, errno.errorcode[code]


def test_no_errno_is_listed_twice() -> None:
    listed = (*REFUSALS, *SILENCES, *OURS)
    assert len(listed) == len(set(listed))

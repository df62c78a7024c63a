# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Context
from ansible_collections.netops.floating_ip.plugins.module_utils._store.document import Unusable
from ansible_collections.netops.floating_ip.plugins.module_utils._store.format import (
    context_bytes,
    context_of,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._store.contexts import (
    contexts,
)


@given(contexts)
def test_every_context_survives_a_round_trip(context: Context) -> None:
    assert context_of(context_bytes(context)) == context


def test_the_document_names_its_version() -> None:
    assert json.loads(context_bytes(Context()))["version"] == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"\0" * 512, "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"[1]", "names no version"),
        (b"{}", "names no version"),
        (b'{"version": 2}', "has version 2, and this agent reads version 1 only"),
        (b'{"version": 1, "moves": 5}', "holds no context"),
        (b'{"version": 1, "saved_at": NaN}', "holds no context"),
    ],
)
def test_anything_else_is_unusable_and_says_why(data: bytes, why: str) -> None:
    with pytest.raises(Unusable, match=why):
        context_of(data)


@given(st.data())
def test_a_torn_or_flipped_document_never_breaks_the_reader(data: st.DataObject) -> None:
    whole = bytearray(context_bytes(data.draw(contexts)))
    whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    torn = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        assert isinstance(context_of(torn), Context)
    except Unusable:
        pass

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Contexts of any shape, for property tests."""

from __future__ import annotations

import hypothesis.strategies as st

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    Context,
    Intent,
    MoveRecord,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import (
    Evidence,
    Health,
    ProbeResult,
    Run,
)

names = st.sampled_from(["db-a", "db-b", "größe", ""])
moments = st.floats(0, 1e9, allow_nan=False)
results = st.builds(
    ProbeResult, names, st.sampled_from(Evidence), st.text(max_size=5), moments, moments
)
runs = st.builds(
    Run,
    length=st.integers(-9, 9),
    health=st.sampled_from(Health),
    first_at=st.none() | moments,
    last_at=st.none() | moments,
    passed_at=st.none() | moments,
    only_refusals=st.booleans(),
    pending=st.lists(results, max_size=2).map(tuple),
    reason=st.text(max_size=5),
)
intents = st.builds(
    Intent,
    names,
    st.integers(0, 99),
    st.booleans(),
    names,
    st.text(max_size=5),
    st.text(max_size=5),
)
moves = st.builds(MoveRecord, moments, names, st.none() | names, names, names, st.text(max_size=5))
contexts = st.builds(
    Context,
    runs=st.dictionaries(names, runs, max_size=2),
    intent=st.none() | intents,
    moves=st.lists(moves, max_size=2).map(tuple),
    drained=st.lists(names, max_size=2).map(tuple),
    holder=st.none() | names,
    holder_since=st.none() | moments,
    boot_id=names,
    saved_at=moments,
)

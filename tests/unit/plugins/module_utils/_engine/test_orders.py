# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import Context
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.orders import (
    drain,
    reset,
    undrain,
)


def test_each_order_that_changes_something_is_numbered() -> None:
    context = drain(drain(Context(), "a"), "b")
    assert (context.drained, context.orders) == (("a", "b"), 2)
    context = undrain(context, "a")
    assert (context.drained, context.orders) == (("b",), 3)
    assert reset(context, 9.0).reset_at == 9.0 and reset(context, 9.0).orders == 4


def test_an_order_that_changes_nothing_is_none() -> None:
    context = drain(Context(), "a")
    assert drain(context, "a") is context
    assert undrain(context, "b") is context

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What operators order, in the files of an observer."""

from __future__ import annotations

import pathlib

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
    Policy,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    MONITOR,
    Context,
    MoveRecord,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.failback import (
    is_ordered,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.history import counted
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.memory import restore
from ansible_collections.netops.floating_ip.plugins.module_utils._operations import contexts
from ansible_collections.netops.floating_ip.plugins.module_utils._store.clock import (
    boot_id,
    boottime,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore

ANNOUNCED = contexts.Directive(contexts.ANNOUNCED, "ann", destinations={"db": "b"})


def carried_out(directory: str, directive: contexts.Directive) -> Context:
    return contexts.carry_out(directory, contexts.see(directory, "db"), directive).context


def test_a_concluded_move_stands_as_an_order(tmp_path: pathlib.Path) -> None:
    carried_out(str(tmp_path), ANNOUNCED)
    context = carried_out(str(tmp_path), contexts.Directive(contexts.CONCLUDED))
    assert is_ordered(context, "b")


def test_a_withdrawn_move_orders_nothing(tmp_path: pathlib.Path) -> None:
    held = Context(holder="b", holding="held")
    FileStore(str(tmp_path)).update("db", lambda stored: held)
    carried_out(str(tmp_path), ANNOUNCED)
    context = carried_out(str(tmp_path), contexts.Directive(contexts.WITHDRAWN))
    assert context.intent is not None and not context.intent.moving
    assert not is_ordered(context, "b")


def test_a_reset_right_after_a_boot_counts_on_this_boots_clock(tmp_path: pathlib.Path) -> None:
    """The last boot's clock may have been far ahead of ours, or far behind."""
    for ahead in (-5000.0, 5000.0):
        now = boottime() + ahead
        move = MoveRecord(now - 30, "noon", "a", "b", MONITOR, "")
        saved = Context(boot_id="the last one", saved_at=now, moves=(move,))
        FileStore(str(tmp_path)).update("db", lambda stored, saved=saved: saved)
        context = carried_out(str(tmp_path), contexts.Directive(contexts.RESET))
        assert context.reset_at is not None and context.boot_id == boot_id()
        assert 0 <= boottime() - context.reset_at < 60
        assert context.moves[0].at < context.reset_at
        restored = restore(context, boot_id(), boottime(), FloatingIp("db", (), ()))
        assert counted(restored, Policy(), boottime()) == ()

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The keys about the targets' own hosts: when the address is on them, and what is run there."""

from __future__ import annotations

from .key import Key

ALWAYS = "always"
HOLDER = "holder"

ALIAS = Key(
    "alias",
    "str",
    "When a target has the address on its interface. `always`: every target has it, so a move is a "
    "matter of AWS alone; but a client on a standby reaches the standby itself. `holder`: only the "
    "holder has it, on the word of the monitor there.",
    ALWAYS,
    choices=(ALWAYS, HOLDER),
)

HOOKS = Key(
    "hooks",
    "dict",
    "Commands that the monitor on a target runs there as its own user when AWS says that the "
    "target has become the holder, or is it no longer. They are no part of a move: what they do "
    "comes after it. They find FLOATING_IP_NAME, FLOATING_IP_TARGET, FLOATING_IP_HOLDER and "
    "FLOATING_IP_ADDRESSES in their environment.",
    keys=(
        Key(
            "on_gained",
            "list",
            "The command and its arguments, without a shell, to run when the target has become "
            "the holder.",
            (),
            form="argument",
            example=["/usr/local/bin/announce", "gained"],
        ),
        Key(
            "on_lost",
            "list",
            "The command and its arguments, without a shell, to run when it is no longer.",
            (),
            form="argument",
            example=["/usr/local/bin/announce", "lost"],
        ),
        Key(
            "timeout",
            "float",
            "How long a command may take before it is killed.",
            10.0,
            minimum=0.1,
            maximum=3600,
            unit="seconds",
        ),
    ),
)

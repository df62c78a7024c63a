# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The keys under `policy`: when the address moves, and when it must not."""

from __future__ import annotations

from .key import Key


def _seconds(name: str, text: str, default: float, minimum: float, maximum: float) -> Key:
    return Key(name, "float", text, default, minimum=minimum, maximum=maximum, unit="seconds")


POLICY = Key(
    "policy",
    "dict",
    "When the address moves, and when it must not.",
    keys=(
        Key(
            "failback",
            "str",
            "`auto`: the address returns to the most preferred target that works. `manual`: it "
            "stays until someone moves it or its holder fails.",
            "manual",
            choices=("manual", "auto"),
        ),
        _seconds(
            "failback_delay",
            "How long that target must have worked without a break. Doubles, to an hour at most, "
            "when a failback is followed by a failover within it.",
            300.0,
            0,
            3600,
        ),
        _seconds("cooldown", "No automatic move within this time after a move.", 10.0, 0, 3600),
        _seconds(
            "settle",
            "After a move, the new holder's failures count only once it has worked, or after this "
            "time.",
            60.0,
            0,
            3600,
        ),
        Key(
            "max_moves",
            "int",
            "The breaker opens at this many holder changes within `max_moves_window`. Those that "
            "an operator announced do not count.",
            4,
            minimum=1,
            maximum=1000,
        ),
        _seconds("max_moves_window", "The time that `max_moves` is for.", 3600.0, 1, 604800),
        _seconds(
            "breaker_delay",
            "With the breaker open and the holder down, one more move is made to a target that "
            "has worked without a break for this time.",
            300.0,
            0,
            86400,
        ),
        Key(
            "on_drift",
            "str",
            "When AWS differs from what was last done. `repair`: stray cells are pointed at the "
            "holder again. `report`: only say so.",
            "repair",
            choices=("repair", "report"),
        ),
        _seconds(
            "reconcile_interval",
            "How often a monitor compares with AWS while nothing happens. At least the probe's "
            "`interval`.",
            30.0,
            1,
            86400,
        ),
        Key(
            "references",
            "list",
            "Other hosts, as HOST:PORT. Any answer, a refusal too, proves that the observer's own "
            "network works, so that a probe's timeout speaks of the target.",
            (),
            form="endpoint",
            example=["10.0.0.2:443", "[fd00::1]:22"],
        ),
    ),
)

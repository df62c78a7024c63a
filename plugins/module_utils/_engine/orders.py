# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What operators order: drain, undrain, reset. The context carries it to every monitor."""

from __future__ import annotations

from dataclasses import replace

from .context import Context


def drain(context: Context, target: str) -> Context:
    """Make the target not eligible. A holder is moved away from as soon as another is proven up."""
    if target in context.drained:
        return context
    return replace(context, drained=(*context.drained, target), orders=context.orders + 1)


def undrain(context: Context, target: str) -> Context:
    if target not in context.drained:
        return context
    drained = tuple(name for name in context.drained if name != target)
    return replace(context, drained=drained, orders=context.orders + 1)


def reset(context: Context, now: float) -> Context:
    """Close the breaker and forget the fights: moves and repairs until now no longer count."""
    return replace(context, reset_at=now, orders=context.orders + 1)

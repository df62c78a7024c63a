# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""AWS and the context, as a verb on this host reaches them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from .._aws.calls import CallRecord
from .._aws.session import Connections, Hooks, SessionOptions, connect
from .._operations.edge import Edge
from .._store.clock import boottime
from .installed import Settings
from .start import archive


def edge(settings: Settings, on_call: Optional[Callable[[CallRecord], None]] = None) -> Edge:
    """AWS as this host's own credentials reach it. Nothing is loaded before the first call."""
    hooks = Hooks(clock=boottime, on_call=on_call)
    packed = archive()
    options = SessionOptions(
        model_directory=str(settings.context) if settings.context.is_dir() else None,
        kept_models=str(packed.parent) if packed is not None else None,
    )
    return Edge(Connections(lambda aws: connect(aws, options, hooks)).ec2, boottime)

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Connections and credentials are ready before a move needs them: from the first failed probe on.

EC2 closes connections that are idle for some seconds, so they cannot be kept open for years.
"""

from __future__ import annotations

from collections.abc import Iterable

from .._aws.errors import AwsError
from .._aws.session import warm
from .._definition.model import Aws
from .._engine.cells import standing_of
from .._engine.health import failing_since
from .._operations.edge import Edge
from .watch import Watch

MOST = 20  # connections: each costs a read of the account's bucket of 100


def newly_failing(watches: Iterable[Watch]) -> list[Watch]:
    """Those whose holder has begun to fail since this was last asked."""
    return [watch for watch in watches if _has_begun_to_fail(watch)]


def _has_begun_to_fail(watch: Watch) -> bool:
    holder = standing_of(watch.look)[1] if watch.look is not None else None
    since = failing_since(watch.context.run_of(holder)) if holder is not None else None
    before, watch.warmed_for = watch.warmed_for, since
    return since is not None and since != before


def connections_for(watches: Iterable[Watch]) -> int:
    """One for each write of a move of all of them."""
    cells = sum(len(watch.look.readings) for watch in watches if watch.look is not None)
    return min(cells, MOST)


def open_connections(edge: Edge, aws: Aws, number: int) -> None:
    """Nothing depends on it: where AWS does not answer, the look beside this one says so."""
    try:
        warm(edge.ec2_for(aws), number)
    except AwsError:
        return

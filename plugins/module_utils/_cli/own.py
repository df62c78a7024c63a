# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The targets that this host is, and one claim or release of theirs at a time."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Optional

from .._definition.model import FloatingIp
from .._operations.here import identify, placed, target_of
from .._store.format import explained
from .._store.lock import Busy, Patience, locked
from .codes import Refused
from .installed import Settings
from .output import tell

TURN = 10.0  # seconds to wait for the claim or release before this one


@dataclass(frozen=True)
class Own:
    """A definition, and which of its targets this host is."""

    definition: FloatingIp
    target: str

    @property
    def name(self) -> str:
        return self.definition.name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="+", metavar="NAME")
    parser.add_argument(
        "--target",
        metavar="TARGET",
        help="this host's target; default: the one that the instance metadata service says we are",
    )


def own_of(
    settings: Settings, definitions: Sequence[FloatingIp], target: Optional[str]
) -> tuple[Own, ...]:
    """Which target this host is of each. Raises Refused, and AwsError where nobody tells."""
    if target is not None:
        return tuple(Own(one, _checked(one, target)) for one in definitions)
    us = identify(str(settings.context) if settings.context.is_dir() else None)
    found = [(placed(one, us), target_of(one, us)) for one in definitions]
    strange = [one.name for one, own in found if own is None]
    if strange:
        raise Refused(
            f"This host ({', '.join((us.instance_id, *us.interfaces))}) is no target of "
            f"{', '.join(strange)}: correct the definition, or name the target (--target)."
        )
    return tuple(Own(one, own) for one, own in found if own is not None)


def _checked(definition: FloatingIp, target: str) -> str:
    known = [one.name for one in definition.targets]
    if target in known:
        return target
    raise Refused(f"{definition.name} has no target {target!r}; it has {', '.join(known)}.")


@contextmanager
def in_turn(settings: Settings, names: Sequence[str]) -> Iterator[None]:
    """A host's claims and releases one after the other, in the order in which they were called.

    So the last word counts, however fast a notify script is called again. A lock that cannot be had
    keeps nothing back.
    """
    with ExitStack() as held:
        for name in sorted(names) if settings.context.is_dir() else ():
            path = str(settings.context / f"{name}.claim.lock")
            try:
                held.enter_context(locked(path, Patience(TURN)))
            except Busy as error:
                tell(f"Going on all the same: {error}.")
            except OSError as error:
                tell(f"Going on without the lock {path}: {explained(error)}.")
        yield

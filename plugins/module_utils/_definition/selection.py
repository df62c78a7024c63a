# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Which of the definitions a person or a survey means by the names they gave."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from .convert import is_null
from .error import DefinitionError, shown
from .model import FloatingIp

ALL = "all"


def names_of(value: Any) -> tuple[str, ...]:
    """The names in an extra variable: a list, one name, `db,web`, or the text of a list, `[db]`."""
    if is_null(value):
        return ()
    if isinstance(value, str):
        value = value.strip()
        inner = value[1:-1] if value.startswith("[") and value.endswith("]") else value
        return names_of([part.strip().strip("'\"") for part in inner.split(",")])
    items = value if isinstance(value, (list, tuple)) else [value]
    for item in items:
        if not is_null(item) and (isinstance(item, bool) or not isinstance(item, (str, int))):
            problem = f"names must be a list of names of floating IPs, not {shown(value)}."
            raise DefinitionError([problem])
    given = (item for item in items if not is_null(item))
    texts = [item.strip() if isinstance(item, str) else shown(item) for item in given]
    return tuple(dict.fromkeys(texts))


def select(definitions: Sequence[FloatingIp], names: Any) -> tuple[FloatingIp, ...]:
    """The definitions of these names in the order of the definitions; `all` selects every one.

    DefinitionError tells of every name that no definition has, and of the names that there are.
    """
    wanted = names_of(names)
    if ALL in wanted:
        return tuple(definitions)
    known = [definition.name for definition in definitions]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise DefinitionError(_unknown(name, known) for name in unknown)
    return tuple(definition for definition in definitions if definition.name in wanted)


def _unknown(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, 1)
    advice = f"Did you mean {close[0]}? " if close else ""
    there_are = f"There are {', '.join(known)}." if known else "There is none at all."
    return f"No floating IP is called {shown(name)}. {advice}{there_are}"

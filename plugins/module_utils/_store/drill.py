# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What is remembered of drills: a small file beside the context.

{version, running, last, reliable}: `running` is {was, to, began, until} from before the first
change until the address is where it was, so that whoever comes after an interrupted drill can put
it back.
`last` is what the last drill that ended came to, `reliable` the last one that says so of itself: a
later one that failed to move does not take its figures' place. Times are seconds since 1970.
A runbook's `running` has {lease, boot_id} too: if it was not told again by then, in seconds since
this boot, the runbook is lost. See `_operations/drill_guard.py`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, Optional

from . import document
from .format import explained

VERSION = 1
_KEYS = ("running", "last", "reliable")


def path_of(directory: str, name: str) -> str:
    return os.path.join(directory, f"{name}.drill.json")


def read_drills(directory: str, name: str) -> Mapping[str, Any]:
    """What is remembered; nothing of a file that is none of ours."""
    empty = {"version": VERSION, **dict.fromkeys(_KEYS)}
    try:
        found = json.loads(document.read(path_of(directory, name)).data)
    except (OSError, ValueError, document.Unusable):
        return empty
    if not isinstance(found, dict) or found.get("version") != VERSION:
        return empty
    kept = {key: found.get(key) for key in _KEYS}
    return {**empty, **{key: value for key, value in kept.items() if isinstance(value, dict)}}


def write_drills(
    directory: str, name: str, **changed: Optional[Mapping[str, Any]]
) -> Optional[str]:
    """Replace `running`, `last` or both; a sentence where that is not possible."""
    path, known = path_of(directory, name), read_drills(directory, name)
    value = {**known, **changed}
    value["reliable"] = reliable_of(value["last"], known["reliable"])
    data = (json.dumps(value, indent=1, sort_keys=True) + "\n").encode()
    try:
        document.write(path, data, f"{path}.new")
    except OSError as error:
        return f"The drill could not be recorded in {path}: {explained(error)}."
    return None


def reliable_of(
    last: Optional[Mapping[str, Any]], known: Optional[Mapping[str, Any]]
) -> Optional[Mapping[str, Any]]:
    """The drill whose figures count: the last one, or the one that counted before."""
    return last if last is not None and last.get("reliable") else known

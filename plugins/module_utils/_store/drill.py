# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What is remembered of drills: a small file beside the context.

{version, running, last}: `running` is {was, to, began, until} from before the first change until
the address is where it was, so that whoever comes after an interrupted drill can put it back.
`last` is what the last drill that ended came to. Times are seconds since 1970.
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


def path_of(directory: str, name: str) -> str:
    return os.path.join(directory, f"{name}.drill.json")


def read_drills(directory: str, name: str) -> Mapping[str, Any]:
    """What is remembered; nothing of a file that is none of ours."""
    empty = {"version": VERSION, "running": None, "last": None}
    try:
        found = json.loads(document.read(path_of(directory, name)).data)
    except (OSError, ValueError, document.Unusable):
        return empty
    if not isinstance(found, dict) or found.get("version") != VERSION:
        return empty
    kept = {key: found.get(key) for key in ("running", "last")}
    return {**empty, **{key: value for key, value in kept.items() if isinstance(value, dict)}}


def write_drills(
    directory: str, name: str, **changed: Optional[Mapping[str, Any]]
) -> Optional[str]:
    """Replace `running`, `last` or both; a sentence where that is not possible."""
    path = path_of(directory, name)
    value = {**read_drills(directory, name), **changed}
    data = (json.dumps(value, indent=1, sort_keys=True) + "\n").encode()
    try:
        document.write(path, data, f"{path}.new")
    except OSError as error:
        return f"The drill could not be recorded in {path}: {explained(error)}."
    return None

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What a monitor last said of a floating IP: a small file beside the context, for `status`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, Optional

from . import document


def path_of(directory: str, name: str) -> str:
    return os.path.join(directory, f"{name}.status.json")


def write_status(directory: str, name: str, status: Mapping[str, Any]) -> Optional[str]:
    """Replace the status; a sentence where that is not possible. It is off the decision path."""
    path = path_of(directory, name)
    try:
        document.write(path, (json.dumps(status, sort_keys=True) + "\n").encode(), f"{path}.new")
    except OSError as error:
        return f"The status {path} cannot be written: {error.strerror or error}."
    return None


def read_status(directory: str, name: str) -> Optional[Mapping[str, Any]]:
    """The last status, or None where no monitor has written one that can be read."""
    try:
        found = json.loads(document.read(path_of(directory, name)).data)
    except (OSError, ValueError, document.Unusable):
        return None
    return found if isinstance(found, dict) else None

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""How modules take definitions: as plain dictionaries, so that our parser alone judges them.

Ansible's own suboptions would stop at the first mistake, without saying in which floating IP.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .schema import SCHEMA
from .selection import ALL

DEFINITIONS: Mapping[str, Any] = {
    SCHEMA.name: {"type": "list", "elements": "dict", "required": True},
    "floating_ip_defaults": {"type": "dict"},
}
NAMES: Mapping[str, Any] = {
    "names": {"type": "list", "elements": "str", "default": [ALL]},
}

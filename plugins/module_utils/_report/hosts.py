# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What was found on one host, as lines for people."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

MARKS = {True: "ok", False: "WRONG", None: "note"}


def host_lines(host: Mapping[str, Any], width: int) -> list[str]:
    """A sentence, then each check; long ones go on in the next line, indented."""
    state = "is ready" if host["ready"] else "is NOT ready"
    lines = [f"{host['target']} {state}."]
    for check in host["readiness"]:
        text = f"{MARKS[check['ok']]:<7}{check['text']}"
        lines += textwrap.wrap(text, width, subsequent_indent=" " * 7, break_on_hyphens=False)
    return lines

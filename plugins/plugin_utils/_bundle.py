# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Private to this collection: may change in any release.

"""Pack the agent into one runnable file: the same sources the modules import, byte for byte."""

from __future__ import annotations

import hashlib
import io
import pathlib
import zipfile
from collections.abc import Mapping

SHEBANG = b"#!/usr/bin/env python3\n"
START = "floating_ip/_cli/start.py"
UNFILLED = b'\nDIGEST = ""'
DIGITS = 16  # of the digest: enough to tell one agent from the next
NOT_PACKED = "_ansible"  # hosts have no Ansible
MODULE_UTILS = pathlib.Path(__file__).resolve().parents[1] / "module_utils"


def build(module_utils: pathlib.Path = MODULE_UTILS) -> bytes:
    """Return a zipapp whose bytes depend on the sources alone, so that copying it is idempotent.

    Stored, not compressed, for zlib's output differs between builds; sorted; every time stamp the
    same. Raises FileNotFoundError where the sources lack the agent's command line.
    """
    members: dict[str, bytes] = {}
    for source in sorted(module_utils.rglob("*.py")):
        name = source.relative_to(module_utils)
        if name.parts[0] != NOT_PACKED:
            members[f"floating_ip/{name.as_posix()}"] = source.read_bytes()
    for needed in ("main.py", "start.py"):
        if f"floating_ip/_cli/{needed}" not in members:
            raise FileNotFoundError(
                f"{module_utils} holds no _cli/{needed}, so there is no agent to pack. "
                "Install the collection again, complete."
            )
    return SHEBANG + _zipped({**members, "__main__.py": _main(members)})


def _main(members: Mapping[str, bytes]) -> bytes:
    """What starts it: the file that looks for a compiled copy of just these sources."""
    digest = hashlib.sha256(_zipped(members)).hexdigest()[:DIGITS]
    before, unfilled, after = members[START].partition(UNFILLED)
    if not unfilled:
        raise ValueError(f"{START} has no line {UNFILLED.decode().strip()}: put it back.")
    return before + f'\nDIGEST = "{digest}"'.encode() + after


def _zipped(members: Mapping[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as bundle:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name)  # 1980-01-01, the oldest time a zip can say
            entry.create_system = 3  # Unix, whatever built it
            entry.external_attr = 0o100644 << 16
            bundle.writestr(entry, members[name])
    return archive.getvalue()

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Private to this collection: may change in any release.

"""Pack the agent into one runnable file: the same sources the modules import, byte for byte."""

from __future__ import annotations

import io
import pathlib
import zipfile

SHEBANG = b"#!/usr/bin/env python3\n"
MAIN = b"from floating_ip._cli.main import main\n\nraise SystemExit(main())\n"
NOT_PACKED = "_ansible"  # hosts have no Ansible
MODULE_UTILS = pathlib.Path(__file__).resolve().parents[1] / "module_utils"


def build(module_utils: pathlib.Path = MODULE_UTILS) -> bytes:
    """Return a zipapp whose bytes depend on the sources alone, so that copying it is idempotent.

    Stored, not compressed, for zlib's output differs between builds; sorted; every time stamp the
    same. Raises FileNotFoundError where the sources lack the agent's command line.
    """
    members = {"__main__.py": MAIN}
    for source in sorted(module_utils.rglob("*.py")):
        name = source.relative_to(module_utils)
        if name.parts[0] != NOT_PACKED:
            members[f"floating_ip/{name.as_posix()}"] = source.read_bytes()
    if "floating_ip/_cli/main.py" not in members:
        raise FileNotFoundError(
            f"{module_utils} holds no _cli/main.py, so there is no agent to pack. "
            "Install the collection again, complete."
        )
    return SHEBANG + _zipped(members)


def _zipped(members: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as bundle:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name)  # 1980-01-01, the oldest time a zip can say
            entry.create_system = 3  # Unix, whatever built it
            entry.external_attr = 0o100644 << 16
            bundle.writestr(entry, members[name])
    return archive.getvalue()

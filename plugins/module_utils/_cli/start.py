# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Start the packed agent: this very file is `__main__.py` in it.

To compile some hundred files takes a quarter of a second at each start. So `floating-ip prepare`
keeps a compiled copy beside the archive, which is used if it can be trusted as much as the archive:
only root or the archive's owner has ever been able to write it. Otherwise, or if it does not load,
the archive itself is run.
"""

from __future__ import annotations

import os
import stat
import sys
from importlib import import_module
from pathlib import Path
from typing import Optional

DIGEST = ""  # of everything else in the archive: filled in when that is packed
PACKAGE = "floating_ip"
MAIN = f"{PACKAGE}._cli.main"
BROKEN = (ImportError, EOFError, ValueError, TypeError, AttributeError)  # of a compiled file


def archive() -> Optional[Path]:
    """The archive that was started; None where the program runs from a directory."""
    main = getattr(sys.modules["__main__"], "__file__", None)
    found = Path(os.path.realpath(main)).parent if main else None
    return found if found is not None and found.is_file() else None


def digest() -> str:
    """The digest of the archive that was started."""
    return str(getattr(sys.modules["__main__"], "DIGEST", ""))


def copy_of(packed: str, key: str) -> str:
    """Where the compiled copy of this archive lies, for this version of Python."""
    tag = sys.implementation.cache_tag or "unknown"
    return f"{os.path.splitext(packed)[0]}.{key}.{tag}.zip"


def is_trusted(path: str, packed: str) -> bool:
    """Whether only root or the archive's owner can have written this file."""
    try:
        found, owner = os.lstat(path), os.stat(packed).st_uid
    except OSError:
        return False
    others = stat.S_IWGRP | stat.S_IWOTH
    return stat.S_ISREG(found.st_mode) and found.st_uid in (0, owner) and not found.st_mode & others


def main(packed: str, key: str) -> int:
    """Run the command line; returns its exit code."""
    copy = copy_of(packed, key)
    if key and is_trusted(copy, packed):
        sys.path.insert(0, copy)
        code = _loaded()
        if code is not None:
            return code
        sys.path.remove(copy)
        for name in [one for one in sys.modules if one.partition(".")[0] == PACKAGE]:
            del sys.modules[name]
    return int(import_module(MAIN).main())


def _loaded() -> Optional[int]:
    """The exit code of the compiled command line; None where it does not load."""
    try:
        run = import_module(MAIN).main
    except BROKEN:
        return None
    return int(run())


if __name__ == "__main__":
    raise SystemExit(main(os.path.dirname(os.path.realpath(__file__)), DIGEST))

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Private to this collection: may change in any release.

"""A program: run an installed module, its arguments as JSON on standard input.

`_start_module.py MODULE NAMESPACE.COLLECTION=FOLDER...`. Ansible's own way of finding collections
compiles each file at each start; Python's keeps what it compiled.
"""

from __future__ import annotations

import runpy
import sys
from types import ModuleType

ROOT = "ansible_collections"


def package(name: str, *folders: str) -> None:
    """A package of these folders and no others, whatever else is on the path."""
    made = sys.modules[name] = ModuleType(name)
    made.__path__ = list(folders)


def main(module: str, *places: str) -> None:
    """Become the module."""
    sys.path.pop(0)  # this file's own folder
    del sys.argv[1:]  # what is there would be taken for the module's arguments
    package(ROOT)
    for place in places:
        collection, _equals, folder = place.partition("=")
        package(f"{ROOT}.{collection.partition('.')[0]}")
        package(f"{ROOT}.{collection}", folder)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Our source files, for the tests that judge them."""

from __future__ import annotations

import ast
import functools
import pathlib
from collections.abc import Iterator

BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


@functools.cache
def text_of(path: pathlib.Path) -> str:
    return path.read_text()


def statements(path: pathlib.Path) -> Iterator[ast.AST]:
    """Every statement, however deep; what is inside an expression is left out, for it is most.

    Not kept: the trees of all files would fill the memory.
    """
    yield from _within(ast.parse(text_of(path)))


def _within(node: ast.AST) -> Iterator[ast.AST]:
    for block in BLOCKS:
        for child in getattr(node, block, ()):
            yield child
            yield from _within(child)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules of this house that no linter knows. CONTRIBUTING.md explains them."""

from __future__ import annotations

import ast
import io
import pathlib
import re
import tokenize
from collections.abc import Callable

from ansible_collections.netops.floating_ip.plugins import module_utils
from ansible_collections.netops.floating_ip.tests.unit.sources import statements, text_of

MODULE_UTILS = pathlib.Path(module_utils.__file__).parent
PLUGINS = MODULE_UTILS.parent
ROOT = PLUGINS.parent
FILES = sorted(
    path for folder in ("plugins", "tests", "extensions") for path in (ROOT / folder).rglob("*.py")
)
WRITTEN = [path for path in FILES if path.name != "__init__.py"]
IN_PLUGINS = [path for path in WRITTEN if PLUGINS in path.parents]

COPYRIGHT = "# Copyright (c) 2026, netops.floating_ip contributors\n"
PRIVATE = "# Private to this collection: may change in any release.\n"
# REUSE-IgnoreStart
BSD = COPYRIGHT + "# SPDX-License-Identifier: BSD-2-Clause\n" + PRIVATE
GPL = (
    COPYRIGHT
    + "# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)\n"
    + "# SPDX-License-Identifier: GPL-3.0-or-later\n"
)
# REUSE-IgnoreEnd
LINES_OF_A_FILE = 250
LINES_OF_A_FUNCTION = 25
LINES_OF_A_MODULE = 30 + 50  # its body, and the argument spec with the imports around it
OTHER_WORDS = re.compile(r"\b(VIP|virtual ip|master|slave)s?\b", re.IGNORECASE)
UNDERSCORE = re.compile(r"\b_\b")
WAIVER = re.compile(r"\b(noqa|type: ignore|pylint: disable|nosec|fmt: off)\b")
REASON = re.compile(r"(noqa: [A-Z0-9, ]+|ignore\[[\w, -]+\]|disable=[\w, -]+|fmt: off) +(# |- )\w")
NOT_OURS = re.compile(r"notify_master|_MASTER|masterless")  # other programs' words


def name_of(path: pathlib.Path) -> str:
    return str(path.relative_to(ROOT))


def findings(
    look: Callable[[pathlib.Path], object], files: list[pathlib.Path]
) -> dict[str, object]:
    """What `look` objects to, by file; nothing, zero and an empty list are no objection."""
    found = ((name_of(path), look(path)) for path in files)
    return {name: finding for name, finding in found if finding}


def is_text(node: ast.AST) -> bool:
    """A docstring, or one of the long texts that document a module."""
    value = getattr(node, "value", None)
    return isinstance(node, (ast.Expr, ast.Assign)) and isinstance(
        getattr(value, "value", None), str
    )


def lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def lines_of_code(path: pathlib.Path) -> int:
    """Without the texts that document a module: Ansible wants those in the same file."""
    documented = path.parent.name in ("modules", "doc_fragments", "lookup", "filter")
    length = len(text_of(path).splitlines())
    if not documented:
        return length
    texts = [node for node in statements(path) if isinstance(node, ast.stmt) and is_text(node)]
    return length - sum(map(lines, texts))


def long_functions(path: pathlib.Path) -> dict[str, int]:
    """The length of each function that is too long, its docstring not counted."""
    lengths = {
        node.name: lines(node) - (lines(node.body[0]) if is_text(node.body[0]) else 0)
        for node in statements(path)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    return {name: length for name, length in lengths.items() if length > LINES_OF_A_FUNCTION}


def comments(path: pathlib.Path) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text_of(path)).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def without_shebang(path: pathlib.Path) -> str:
    return re.sub(r"\A#!.*\n", "", text_of(path))


def bare_underscores(path: pathlib.Path) -> list[int]:
    if not UNDERSCORE.search(text_of(path)):
        return []
    named = [n for n in ast.walk(ast.parse(text_of(path))) if isinstance(n, (ast.Name, ast.arg))]
    return [node.lineno for node in named if getattr(node, "id", getattr(node, "arg", "")) == "_"]


def test_a_file_says_its_licence_and_whether_it_is_private() -> None:
    def lacks(path: pathlib.Path) -> bool:
        return not without_shebang(path).startswith(BSD if MODULE_UTILS in path.parents else GPL)

    assert findings(lacks, WRITTEN) == {}


def test_annotations_are_not_evaluated() -> None:
    line = "\nfrom __future__ import annotations\n"
    assert findings(lambda path: line not in text_of(path), WRITTEN) == {}


def test_a_file_can_be_read_at_once() -> None:
    def excess(path: pathlib.Path) -> int:
        most = LINES_OF_A_MODULE if path.parent == PLUGINS / "modules" else LINES_OF_A_FILE
        return max(0, lines_of_code(path) - most)

    assert findings(excess, WRITTEN) == {}


def test_a_function_can_be_read_at_a_glance() -> None:
    assert findings(long_functions, WRITTEN) == {}


def test_nothing_is_waived_without_a_reason() -> None:
    def unexplained(path: pathlib.Path) -> list[str]:
        if not WAIVER.search(text_of(path)):
            return []
        waivers = [comment for comment in comments(path) if WAIVER.search(comment)]
        return [comment for comment in waivers if not REASON.search(comment)]

    assert findings(unexplained, WRITTEN) == {}


def test_nothing_is_called_by_a_bare_underscore() -> None:
    """ansible-test's pylint refuses it; say what is not used: `_reason`."""
    assert findings(bare_underscores, WRITTEN) == {}


def test_one_word_per_idea() -> None:
    def others(path: pathlib.Path) -> list[str]:
        return OTHER_WORDS.findall(NOT_OURS.sub("", text_of(path)))

    assert findings(others, IN_PLUGINS) == {}


def test_plugins_end_by_returning_or_raising() -> None:
    exits = re.compile(r"\bsys\.exit\b|\bos\._exit\b")
    found = findings(lambda path: exits.findall(text_of(path)), IN_PLUGINS)
    # The agent told to stop waits for no thread that hangs in a call.
    assert found == {"plugins/module_utils/_cli/output.py": ["os._exit"]}


def test_an_init_file_is_empty() -> None:
    inits = [path for path in FILES if path.name == "__init__.py"]
    assert findings(text_of, inits) == {}


def test_no_file_is_named_after_nothing() -> None:
    vague = re.compile(r"(^|_)(utils|helpers?|common|misc|manager|base)\.py$")
    assert [name_of(path) for path in WRITTEN if vague.search(path.name)] == []

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may import whom. The engine is pure because this test says so."""

from __future__ import annotations

import ast
import functools
import pathlib
import re
import sys
from collections.abc import Iterator

import pytest

from ansible_collections.netops.floating_ip.plugins import module_utils
from ansible_collections.netops.floating_ip.tests.unit.sources import statements, text_of

PLUGINS = pathlib.Path(module_utils.__file__).parents[1]
ROOT = PLUGINS / "module_utils"

# What each layer may import beside itself, _version and the standard library.
EDGES = {"_aws", "_probe", "_store"}
BELOW: dict[str, set[str]] = {
    "_definition": set(),
    "_engine": {"_definition"},
    "_aws": {"_definition", "_engine"},
    "_probe": {"_definition", "_engine"},
    "_store": {"_definition", "_engine"},
    "_report": {"_definition"},
    "_operations": {"_definition", "_engine", "_report", *EDGES},
    "_monitor": {"_definition", "_engine", "_report", "_operations", *EDGES},
    "_cli": {"_definition", "_engine", "_report", "_operations", "_monitor", *EDGES},
    "_ansible": {"_definition", "_engine", "_report", "_operations", *EDGES},
}
LIBRARIES: dict[str, set[str]] = {
    "_aws": {"boto3", "botocore"},
    "_ansible": {"ansible", "ansible_collections.amazon.aws"},
}
OPENERS = re.compile(r"\b(open|input|exec|eval|__import__)\b")
# What pure code needs of the standard library. Not here: clocks, files, sockets, processes, chance.
PURE = {
    *(
        "__future__",
        "abc",
        "collections",
        "copy",
        "dataclasses",
        "enum",
        "functools",
        "types",
        "typing",
    ),
    *("bisect", "heapq", "itertools", "math", "operator", "statistics"),
    *("difflib", "fnmatch", "re", "reprlib", "string", "textwrap"),
    *("errno", "hashlib", "ipaddress", "json", "urllib.parse"),
}


@functools.cache
def imported(source: pathlib.Path) -> tuple[str, ...]:
    """Each thing a file imports, by its full name: ours begin with the name of their layer."""
    return tuple(_imported(source))


def _imported(source: pathlib.Path) -> Iterator[str]:
    package = ("plugins", *source.relative_to(PLUGINS).parent.parts)
    for node in statements(source):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            named = (*base, *(node.module or "").split(".")) if node.module else base
            yield from (ours(".".join((*named, alias.name))) for alias in node.names)


def ours(name: str) -> str:
    return name.removeprefix("plugins.module_utils.")


def sources(layer: str) -> list[pathlib.Path]:
    return sorted((ROOT / layer).rglob("*.py"))


def belongs(name: str, allowed: set[str]) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in allowed)


@pytest.mark.parametrize("layer", BELOW)
def test_a_layer_imports_only_what_stands_below_it(layer: str) -> None:
    allowed = {layer, "_version"} | BELOW[layer] | LIBRARIES.get(layer, set())
    allowed |= set(sys.stdlib_module_names)
    wrong = [(path.name, name) for path in sources(layer) for name in imported(path)]
    assert [each for each in wrong if not belongs(each[1], allowed)] == []


@pytest.mark.parametrize("layer", ["_definition", "_engine"])
def test_a_pure_layer_has_no_clock_and_no_way_to_the_world(layer: str) -> None:
    allowed = PURE | {layer, "_version"} | BELOW[layer]
    wrong = [(path.name, name) for path in sources(layer) for name in imported(path)]
    assert [each for each in wrong if not belongs(each[1], allowed)] == []


@pytest.mark.parametrize("layer", ["_definition", "_engine"])
def test_a_pure_layer_opens_nothing(layer: str) -> None:
    calls = (
        (path.name, node.func.id)
        for path in sources(layer)
        if OPENERS.search(text_of(path))
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )
    assert [call for call in calls if OPENERS.fullmatch(call[1])] == []


def test_modules_reach_neither_the_monitor_nor_the_command_line() -> None:
    wrong = [
        (path.name, name)
        for path in (PLUGINS / "modules").glob("*.py")
        for name in imported(path)
        if belongs(
            name, {"_monitor", "_cli", "boto3", "botocore", "ansible", "ansible_collections"}
        )
    ]
    assert wrong == []


def test_every_layer_is_named_here() -> None:
    layers = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert layers == set(BELOW)


def test_a_missing_botocore_is_survived() -> None:
    """Modules must be able to say what is missing, so an import of it stands in a try."""
    bare = [
        (path.name, node.lineno)
        for path in sources("_aws")
        for node in ast.parse(text_of(path)).body
        if isinstance(node, (ast.Import, ast.ImportFrom)) and "boto" in ast.unparse(node)
    ]
    assert bare == []


@pytest.mark.parametrize("path", sorted(PLUGINS.rglob("*.py")), ids=lambda path: path.name)
def test_inside_plugins_our_own_files_are_imported_relatively(path: pathlib.Path) -> None:
    assert [name for name in imported(path) if name.startswith("ansible_collections.netops")] == []

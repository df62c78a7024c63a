# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip check-config FILE…`: would the monitor take these definitions? No network."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .._definition.validate import warnings
from .codes import OK, REFUSED
from .installed import Loaded, load_files, read_definition
from .output import say, say_json


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "check-config",
        parents=[shared],
        help="check definition files",
        description="Check definition files as the monitor would read them. Asks nobody.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 if every file is sound; each problem is one line."""
    loaded = load_files(arguments.files)
    found = [_checked(file, loaded) for file in dict.fromkeys(arguments.files)]
    if arguments.json:
        say_json(found)
    else:
        _say(found)
    return REFUSED if loaded.problems else OK


def _checked(file: Path, loaded: Loaded) -> dict[str, Any]:
    if file in loaded.problems:
        problems = loaded.problems[file].splitlines()
        return {"file": str(file), "name": None, "problems": problems, "warnings": []}
    definition = read_definition(file)
    found = list(warnings(definition))
    return {"file": str(file), "name": definition.name, "problems": [], "warnings": found}


def _say(found: list[dict[str, Any]]) -> None:
    for one in found:
        for problem in one["problems"]:
            say(problem)
        if not one["problems"]:
            say(f"{one['file']}: {one['name']} is sound.")
        for warning in one["warnings"]:
            say(f"{one['file']}: {warning}")

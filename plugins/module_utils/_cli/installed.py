# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The definitions that are installed on this host, and where the agent keeps its files."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .._definition.error import DefinitionError
from .._definition.model import FloatingIp
from .._definition.parse import parse
from .._definition.selection import select
from .._definition.validate import check_together
from .._store.file import FileStore
from .codes import Refused
from .output import tell

DEFINITIONS = "/etc/floating-ip"
CONTEXT = "/var/lib/floating-ip"
LARGEST = 1024 * 1024  # bytes of a definition


@dataclass(frozen=True)
class Settings:
    """`context` may be missing: then no monitor has ever run here."""

    definitions: Path
    context: Path
    as_json: bool

    def store(self) -> FileStore:
        return FileStore(str(self.context))


def settings_of(arguments: argparse.Namespace) -> Settings:
    return Settings(Path(arguments.definitions), Path(arguments.context), arguments.json)


def existing_directory(settings: Settings) -> str:
    """The context directory, for a verb that is no use without a monitor. Raises Refused."""
    if not settings.context.is_dir():
        raise Refused(
            f"There is no directory {settings.context}, so no monitor runs here: start one, or say "
            "with --context where it keeps its files."
        )
    return str(settings.context)


@dataclass(frozen=True)
class Loaded:
    """The definitions of a directory; `problems` by file: each stops only its own floating IP."""

    definitions: tuple[FloatingIp, ...]
    problems: Mapping[Path, str]


def is_empty(directory: Path) -> bool:
    """Whether no definition is there; one that cannot be read may have some."""
    try:
        return not any(name.endswith(".json") for name in os.listdir(directory))
    except OSError:
        return False


def load(directory: Path) -> Loaded:
    """Read every `*.json` of the directory. Raises Refused where there is no directory or file."""
    files = sorted(directory.glob("*.json"))
    if not files:
        raise Refused(f"There is no definition in {directory}: write NAME.json there, or deploy.")
    return load_files(files)


def load_files(files: Sequence[Path]) -> Loaded:
    """Read these files. Of two that contradict each other the first one counts."""
    found: list[tuple[str, FloatingIp]] = []
    problems: dict[Path, str] = {}
    for file in files:
        try:
            found.append((str(file), read_definition(file)))
        except Refused as error:
            problems[file] = str(error)
            continue
        clashes = list(check_together(found))
        if clashes:
            found.pop()
            problems[file] = "\n".join(f"{path} {text}" for path, text in clashes)
    return Loaded(tuple(definition for _path, definition in found), problems)


def read_definition(file: Path) -> FloatingIp:
    """The one definition of a file. Raises Refused with every problem."""
    try:
        return parse([_json_of(file)])[0]
    except DefinitionError as error:
        raise Refused(f"{file}: {error}") from error


def _json_of(file: Path) -> Any:
    try:
        with file.open(encoding="utf-8") as stream:
            return json.loads(stream.read(LARGEST))
    except (OSError, ValueError, RecursionError) as error:
        raise Refused(f"{file} cannot be read: {error}; write it again, or deploy.") from error


def chosen(settings: Settings, names: Sequence[str]) -> tuple[FloatingIp, ...]:
    """The definitions of these names that are to be present; all for no name. Raises Refused."""
    loaded = load(settings.definitions)
    for problem in loaded.problems.values():
        tell(problem)
    return _selected(loaded.definitions, names)


def chosen_of_file(file: str, names: Sequence[str]) -> tuple[FloatingIp, ...]:
    """The same of a file with a list of them; `-` is standard input. Raises Refused."""
    try:
        text = sys.stdin.read(LARGEST) if file == "-" else Path(file).read_text(encoding="utf-8")
        return _selected(parse(json.loads(text)), names)
    except DefinitionError as error:
        raise Refused(f"{file}: {error}") from error
    except (OSError, ValueError, RecursionError) as error:
        raise Refused(f"{file} cannot be read: {error}; give a JSON list.") from error


def _selected(definitions: Sequence[FloatingIp], names: Sequence[str]) -> tuple[FloatingIp, ...]:
    present = [one for one in definitions if one.state == "present"]
    try:
        return select(present, list(names) or "all")
    except DefinitionError as error:
        raise Refused(str(error)) from error

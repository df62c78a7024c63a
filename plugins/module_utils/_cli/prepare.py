# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip prepare`: keep beside the agent what makes its starts fast."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from .._aws.short_model import forget_short_models, kept_short_model, short_model
from .codes import FAILED, OK, Refused
from .output import say, say_json, tell
from .packed import compile_archive, is_compiled, remove_copies
from .start import archive, digest

THERE, MADE, MISSING, REMOVED = "there", "made", "missing", "removed"
NO_BOTOCORE = "no botocore to make it of"
UNTRUSTED = "only what root or the owner of the agent writes is trusted"


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "prepare",
        parents=[shared],
        help="make the starts of the agent fast",
        description="Keep two things beside the agent's file, for the Python that runs this: a "
        "compiled copy of the agent, and a short model of EC2 for the botocore that is installed. "
        "Run it as the owner of the file, after the agent, Python or botocore was installed or "
        "upgraded. Without them everything works too, but each start takes longer.",
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--check", action="store_true", help="say what would be done; do nothing")
    instead.add_argument("--undo", action="store_true", help="remove both")
    parser.set_defaults(run=run)


class Part(NamedTuple):
    """One of the things that are kept. All raise OSError, and ImportError without botocore.

    `undo`: whether there was anything to remove.
    """

    name: str
    is_there: Callable[[], bool]
    make: Callable[[], None]
    undo: Callable[[], bool]


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 if both are there now; a part that could not be made keeps no other back.

    Without botocore there is nothing to make a model of, which is no failure.
    """
    packed = archive()
    if packed is None:
        raise Refused("The agent runs from a directory: only the packed one can be prepared.")
    parts = _parts(packed)
    done, problems = _undone(parts) if arguments.undo else _carried_out(parts, arguments.check)
    if arguments.json:
        say_json({"prepared": done, "changed": _is_changed(done), "problems": problems})
    else:
        for name, state in done.items():
            say(f"The {name} beside {packed}: {state}.")
    for problem in problems:
        tell(f"{problem}: run this as the owner of {packed.parent}.")
    return FAILED if problems else OK


def _parts(packed: Path) -> Sequence[Part]:
    home, key = str(packed.parent), digest()
    return (
        Part(
            "compiled copy",
            lambda: is_compiled(packed, key),
            lambda: _compile(packed, key),
            lambda: remove_copies(packed),
        ),
        Part(
            "short model",
            lambda: kept_short_model(home) is not None,
            lambda: _model(home),
            lambda: forget_short_models(home),
        ),
    )


def _carried_out(parts: Sequence[Part], is_check: bool) -> tuple[dict[str, str], list[str]]:
    """What became of each part, in words, and what went wrong."""
    done: dict[str, str] = {}
    problems: list[str] = []
    for part in parts:
        try:
            done[part.name] = THERE if part.is_there() else MADE
            if done[part.name] == MADE and not is_check:
                part.make()
        except ImportError:
            done[part.name] = NO_BOTOCORE
        except OSError as error:
            done[part.name] = MISSING
            problems.append(f"The {part.name} cannot be kept ({error.strerror or error})")
    return done, problems


def _undone(parts: Sequence[Part]) -> tuple[dict[str, str], list[str]]:
    done: dict[str, str] = {}
    problems: list[str] = []
    for part in parts:
        try:
            done[part.name] = REMOVED if part.undo() else MISSING
        except OSError as error:
            done[part.name] = THERE
            problems.append(f"The {part.name} cannot be removed ({error.strerror or error})")
    return done, problems


def _is_changed(done: Mapping[str, str]) -> bool:
    return MADE in done.values() or REMOVED in done.values()


def _compile(packed: Path, key: str) -> None:
    compile_archive(packed, key)
    if not is_compiled(packed, key):
        raise PermissionError(UNTRUSTED)


def _model(home: str) -> None:
    if short_model(home) is None:
        raise PermissionError(UNTRUSTED)

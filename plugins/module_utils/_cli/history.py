# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip history [NAME…]`: the holder changes that this host has made or seen."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from .._report.table import table
from .codes import OK
from .installed import chosen, settings_of
from .output import say, say_json, tell

HEADERS = ("floating IP", "time", "from", "to", "by", "result", "seconds", "reason")


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "history",
        parents=[shared],
        help="the moves, oldest first",
        description="The moves that this host has made or seen, oldest first. Asks nobody.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: every floating IP")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    store = settings.store()
    moves = []
    for definition in chosen(settings, arguments.names):
        loaded = store.load(definition.name)
        if loaded.problem is not None:
            tell(loaded.problem)
        moves += [(definition.name, move) for move in loaded.context.moves]
    if settings.as_json:
        say_json([{"floating_ip": name, **asdict(move)} for name, move in moves])
        return OK
    rows = [(n, m.time, m.origin, m.to, m.source, m.result, m.seconds, m.reason) for n, m in moves]
    say(table(rows, HEADERS) if rows else "No move has been made or seen yet.")
    return OK

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip probe [NAME…]`: probe the targets from here. Changes nothing."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from .._definition.model import FloatingIp
from .._engine.cells import Look
from .._engine.health import Health
from .._operations.edge import Edge
from .._operations.look import look
from .._operations.prove import prove
from .._report.table import table
from .codes import FAILED, OK
from .installed import chosen, chosen_of_file, settings_of
from .output import say, say_json
from .reach import edge

KEYS = ("floating_ip", "target", "health", "reason")


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "probe",
        parents=[shared],
        help="probe the targets from here",
        description="Probe every target from here until it is clearly up or down. Changes "
        "nothing. Exit code 0 if every target is up.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: every floating IP")
    parser.add_argument(
        "--file",
        metavar="FILE",
        help="take the definitions from this file, a JSON list, in the place of those that are "
        "installed; - is standard input",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    if arguments.file is None:
        definitions = chosen(settings, arguments.names)
    else:
        definitions = chosen_of_file(arguments.file, arguments.names)
    here = edge(settings)
    proofs = prove(definitions, _looks(here, definitions), here.clock)
    rows = [
        (name, target, proof.health.value, proof.reason) for (name, target), proof in proofs.items()
    ]
    if settings.as_json:
        say_json([dict(zip(KEYS, row)) for row in rows])
    else:
        say(table(rows, ("floating IP", *KEYS[1:])))
    return OK if all(proof.health is Health.UP for proof in proofs.values()) else FAILED


def _looks(here: Edge, definitions: Sequence[FloatingIp]) -> Mapping[str, Look]:
    """AWS is asked only where a definition leaves an address to it."""
    unknown = [
        one
        for one in definitions
        if one.probe.protocol != "command" and any(t.probe_address is None for t in one.targets)
    ]
    return look(here, unknown) if unknown else {}

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip claim NAME`: take an address for this host's target, without asking about health.

This is what the notify script of keepalived or VyOS calls when its host becomes the active one.
"""

from __future__ import annotations

import argparse
from typing import Any

from .._operations.look import look
from .._operations.order import Wish, prepare
from .codes import Refused
from .installed import chosen, settings_of
from .move import carry_out, show
from .reach import edge


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "claim",
        parents=[shared],
        help="take an address for a target",
        description="Give an address to this host's target, whatever its health and its drains. "
        "This is for the notify script of keepalived or VyOS.",
    )
    parser.add_argument("names", nargs="+", metavar="NAME")
    parser.add_argument("--target", metavar="TARGET", required=True, help="this host's target")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """A claim that finds the address in place changes nothing and succeeds."""
    settings = settings_of(arguments)
    definitions = chosen(settings, arguments.names)
    here = edge(settings)
    looks = look(here, definitions)
    prepared = prepare(definitions, looks, Wish(to=arguments.target, force=True))
    if prepared.problems:
        raise Refused("\n".join(prepared.problems))
    return show(settings, carry_out(settings, here, prepared.orders, "claimed"))

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""`floating-ip measure [NAME…]`: how a client of an address fares. Asks nobody but the address."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any, Optional

from .._operations.measuring import (
    TIMEOUT,
    Question,
    ToldByFile,
    lines_of,
    measure_here,
    problems_of,
)
from .._probe.meter import PROTOCOLS, Line, Pace, nobody
from .._report.table import table
from .._report.wording import lasting
from .codes import FAILED, OK, Refused
from .installed import chosen, settings_of
from .output import say, say_json

HEADERS = ("floating IP", "address", "sent", "lost", "outages", "longest", "median ms", "worst ms")


def add_to(verbs: Any, shared: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser(
        "measure",
        parents=[shared],
        help="ask an address all the time, and tell when it did not answer",
        description="Ask the floating addresses every 10 ms, as a client on this host, and tell "
        "how many questions were lost, in which outages. Changes nothing. Exit code 0 if every "
        "question was answered.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: every floating IP")
    parser.add_argument("--seconds", type=float, default=10.0, help="for how long (default: 10)")
    add_question_to(parser)
    parser.add_argument(
        "--told",
        metavar="FILE",
        help="words written there are marked in the result; the word `end` ends the measuring",
    )
    parser.set_defaults(run=run)


def add_question_to(parser: argparse.ArgumentParser) -> None:
    """The options that say how an address is asked; `drill` has them too."""
    parser.add_argument(
        "--interval", type=float, default=0.01, help="seconds between questions (default: 0.01)"
    )
    parser.add_argument(
        "--timeout", type=float, default=TIMEOUT, help="seconds for an answer (default: 0.2)"
    )
    parser.add_argument("--protocol", choices=PROTOCOLS, help="default: the probe's")
    parser.add_argument("--port", type=int, help="default: the probe's")
    parser.add_argument("--path", help="default: the probe's")
    parser.add_argument("--address", help="where clients reach it, if not at the floating address")


def question_of(arguments: argparse.Namespace) -> Question:
    return Question(
        arguments.protocol, arguments.port, arguments.path, arguments.timeout, arguments.address
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 if anything was lost, or nothing could be measured."""
    definitions = chosen(settings_of(arguments), arguments.names)
    question, pace = question_of(arguments), Pace(arguments.interval, arguments.seconds)
    if question.address is not None and len(definitions) > 1:
        raise Refused("An address can be given for one floating IP alone: name it.")
    lines = [line for one in definitions for line in lines_of(one, question)]
    check(lines, pace)
    told = ToldByFile(arguments.told) if arguments.told else nobody
    found = measure_here(lines, pace, told)
    if arguments.json:
        say_json(found)
    else:
        _say(found)
    return OK if all(one["sent"] and one["sent"] == one["answered"] for one in found) else FAILED


def check(lines: Sequence[Line], pace: Pace) -> None:
    """Raises Refused for what cannot be measured from here."""
    problems = problems_of(lines, pace)
    if problems:
        raise Refused("\n".join(problems))


def _say(found: Sequence[Mapping[str, Any]]) -> None:
    say(table([_row(one) for one in found], HEADERS))
    for one in found:
        for outage in one["outages"]:
            say(
                f"{one['address']}: no answer for {lasting(outage['seconds'])} from second "
                f"{outage['start']:.3f} on, {outage['packets']} lost: {outage['reason']}."
            )


def _row(one: Mapping[str, Any]) -> tuple[object, ...]:
    delay: Optional[Mapping[str, float]] = one["delay"]
    return (
        one["floating_ip"],
        one["address"],
        one["sent"],
        one["lost"],
        len(one["outages"]),
        lasting(one["longest"]),
        delay["p50"] if delay else None,
        delay["max"] if delay else None,
    )

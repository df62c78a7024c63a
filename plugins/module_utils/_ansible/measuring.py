# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What floating_ip_measure asks, and how it tells of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from .._operations.measuring import Question, ToldByFile, lines_of, measure_here, problems_of
from .._probe.meter import Pace, nobody
from .._report.wording import lasting
from .answer import Answer, refuse
from .definitions import chosen_present

ANSWERS, NOTHING = "answers", "nothing"


def measure(params: Mapping[str, Any]) -> Answer:
    """Measure the selected definitions from this host. Raises Refused or DefinitionError."""
    definitions = chosen_present(params)
    question = Question(
        params["protocol"],
        params["port"],
        params["path"] or None,
        params["timeout"],
        params["address"] or None,
    )
    if question.address is not None and len(definitions) > 1:
        refuse(["address can be given for one floating IP alone: name it."])
    lines = [line for one in definitions for line in lines_of(one, question)]
    pace = Pace(params["interval"], params["seconds"])
    refuse(problems_of(lines, pace))
    within = params["told_within"] or math.inf
    told = ToldByFile(params["told"], within) if params["told"] else nobody
    found = measure_here(lines, pace, told)
    wrong = [one for one in found if not one["sent"] or one["sent"] != one["answered"]]
    return Answer(
        " ".join(_sentence(one) for one in found),
        failed=bool(wrong) and params["require"] == ANSWERS,
        values={"measurements": found},
    )


def _sentence(one: Mapping[str, Any]) -> str:
    told = f"{one['address']} answered {one['answered']:,} of {one['sent']:,} questions"
    if not one["outages"]:
        return f"{told}."
    worst = max(one["outages"], key=lambda outage: float(outage["seconds"]))
    return f"{told}; no answer for {lasting(worst['seconds'])} at worst: {worst['reason']}."

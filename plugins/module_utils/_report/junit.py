# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Checks as JUnit XML, which every CI system and many change tools show."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Optional
from xml.etree import ElementTree

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Case:
    """One check. `failure`: why it failed, as a sentence; `told`: what there is to say anyway."""

    name: str
    seconds: float = 0.0
    failure: Optional[str] = None
    told: str = ""


@dataclass(frozen=True)
class Suite:
    """`time` is when it began, as events have it."""

    name: str
    time: str
    seconds: float
    cases: tuple[Case, ...]
    properties: Mapping[str, str] = field(default_factory=dict)


def junit(suites: Sequence[Suite]) -> str:
    """The document as text."""
    root = ElementTree.Element("testsuites", _counted(suites))
    for suite in suites:
        _add(root, suite)
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _counted(suites: Sequence[Suite]) -> dict[str, str]:
    cases = [case for suite in suites for case in suite.cases]
    return {
        "tests": str(len(cases)),
        "failures": str(sum(case.failure is not None for case in cases)),
        "errors": "0",
        "time": f"{sum(suite.seconds for suite in suites):.3f}",
    }


def _add(root: ElementTree.Element, suite: Suite) -> None:
    stamp = suite.time.partition(".")[0]  # JUnit's own form has no fraction and no zone
    facts = {"name": _clean(suite.name), "timestamp": stamp, **_counted([suite])}
    made = ElementTree.SubElement(root, "testsuite", facts)
    if suite.properties:
        kept = ElementTree.SubElement(made, "properties")
        for name, value in suite.properties.items():
            ElementTree.SubElement(kept, "property", {"name": name, "value": _clean(value)})
    for case in suite.cases:
        known = {"name": _clean(case.name), "classname": _clean(suite.name)}
        one = ElementTree.SubElement(made, "testcase", {**known, "time": f"{case.seconds:.3f}"})
        if case.failure is not None:
            why = _clean(case.failure)
            ElementTree.SubElement(one, "failure", {"message": why}).text = why
        if case.told:
            ElementTree.SubElement(one, "system-out").text = _clean(case.told)


def _clean(text: str) -> str:
    """The text without what XML cannot hold at all."""
    return _NOT_XML.sub("?", text)

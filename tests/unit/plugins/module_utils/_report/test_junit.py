# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from xml.etree import ElementTree

from ansible_collections.netops.floating_ip.plugins.module_utils._report.junit import (
    Case,
    Suite,
    junit,
)

WORST = "a \x1b[2J <b> & 'c' ü"


def parsed(*suites: Suite) -> ElementTree.Element:
    return ElementTree.fromstring(junit(suites).encode())


def test_suites_are_counted_and_named() -> None:
    good, bad = Case("one", 1.5), Case("two", failure="It failed.")
    root = parsed(Suite("s", "2026-01-31T12:00:00.000Z", 2.5, (good, bad), {"was": "db-a"}))
    assert (root.get("tests"), root.get("failures"), root.get("time")) == ("2", "1", "2.500")
    (suite,) = root
    assert (suite.get("name"), suite.get("timestamp")) == ("s", "2026-01-31T12:00:00")
    assert [one.get("name") for one in suite.iter("testcase")] == ["one", "two"]
    assert [(one.get("name"), one.get("value")) for one in suite.iter("property")] == [
        ("was", "db-a")
    ]


def test_a_failure_says_why_and_a_pass_may_say_something() -> None:
    (suite,) = parsed(Suite("s", "t", 0.0, (Case("a", failure="No."), Case("b", told="Yes."))))
    (failure,) = suite.iter("failure")
    assert (failure.text, failure.get("message")) == ("No.", "No.")
    assert [one.text for one in suite.iter("system-out")] == ["Yes."]


def test_what_xml_cannot_hold_is_replaced_and_the_rest_is_kept() -> None:
    (suite,) = parsed(Suite(WORST, "t", 0.0, (Case(WORST, failure=WORST, told=WORST),)))
    assert suite.get("name") == WORST.replace("\x1b", "?")
    assert [one.text for one in suite.iter("failure")] == [WORST.replace("\x1b", "?")]

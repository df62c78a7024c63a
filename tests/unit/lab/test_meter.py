# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a client's packets add up to."""

from __future__ import annotations

from ansible_collections.netops.floating_ip.tests.lab.meter import PATIENCE, Ledger, Stretch


def ledger(answers: str) -> Ledger:
    """A packet every 10 ms from 100.00 on: `a` and `b` answer, `-` is lost."""
    made = Ledger()
    for number, who in enumerate(answers):
        made.sent.append(round(100 + number / 100, 2))
        if who != "-":
            made.answers[number] = who
    return made


def all_of(made: Ledger) -> list[Stretch]:
    return [*made.judge(1000.0), *made.last()]


def test_a_stretch_lasts_as_long_as_one_answers() -> None:
    assert all_of(ledger("aabbb")) == [
        Stretch("a", 100.0, 100.02, 2),
        Stretch("b", 100.02, 100.04, 3),
    ]


def test_an_outage_lasts_from_the_first_lost_packet_to_the_first_answered_one() -> None:
    assert all_of(ledger("a---b"))[1] == Stretch(None, 100.01, 100.04, 3)


def test_a_packet_is_not_lost_while_it_can_still_be_answered() -> None:
    made = ledger("a-")
    assert list(made.judge(100.01 + PATIENCE - 0.001)) == []
    made.answers[1] = "a"
    assert all_of(made) == [Stretch("a", 100.0, 100.01, 2)]


def test_an_answered_packet_waits_for_the_judgement_of_those_before_it() -> None:
    made = ledger("a-b")
    assert list(made.judge(100.02)) == []
    assert [each.who for each in all_of(made)] == ["a", None, "b"]


def test_no_packet_is_counted_twice() -> None:
    made = ledger("aa")
    assert list(made.judge(100.5)) == []
    assert list(made.judge(101.0)) == []
    assert all_of(made) == [Stretch("a", 100.0, 100.01, 2)]

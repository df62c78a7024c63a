# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The law of the simulation: each line of "Rules of decision" that a whole run can show.

A law reads the evidence and tells every breach as a sentence. It knows what anyone could have known
when, and asks no function of the engine.

ELSEWHERE names the lines that no run here shows, and the unit test or property that holds each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ansible_collections.netops.floating_ip.tests.simulation.record import Record

Check = Callable[[Record], Iterator[str]]


@dataclass(frozen=True)
class Law:
    """`rule` is the line of the design that it holds."""

    check: Check
    rule: str

    @property
    def name(self) -> str:
        return self.check.__name__


LAWS: list[Law] = []


def law(rule: str) -> Callable[[Check], Check]:
    """Enter a check into the law."""

    def enter(check: Check) -> Check:
        LAWS.append(Law(check, rule))
        return check

    return enter


@dataclass(frozen=True)
class Breach:
    law: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.law.replace('_', ' ')}: {self.sentence}"


def judge(record: Record, laws: Sequence[Law] = ()) -> list[Breach]:
    """Every breach of every law, in the order of the laws."""
    return [Breach(one.name, found) for one in laws or LAWS for found in one.check(record)]


ELSEWHERE = {  # lines of the design that other tests hold alone: the file, and the test in it
    "the full errno table": "_probe/test_reasons.py every_errno_has_its_evidence_and_a_sentence",
    "a run dies when its newest counted probe is older than three intervals plus the timeout": (
        "_engine/law_of_health.py a_run_dies_three_intervals_and_a_timeout_after_its_newest_probe"
    ),
    "foreign and its interface gone: a dead holder": (
        "_engine/law_of_holders.py a_dead_stranger_is_a_dead_holder"
    ),
    "no propagated route is ever touched": (
        "_engine/law_of_holders.py a_propagated_route_is_never_touched"
    ),
    "open, it blocks failback and repair": (
        "_engine/law_of_fights.py an_open_breaker_blocks_failback"
    ),
    "doubles to an hour at most": (
        "_engine/law_of_failback.py the_delay_of_failback_never_exceeds_an_hour"
    ),
    "expect_current per cell": "_engine/law_of_acting.py expectations_hold_for_each_cell",
    "cells in parallel, paced": (
        "_operations/test_carry_out.py no_paced_write_is_sent_by_a_look_older_than_two_seconds"
    ),
    "until the deadline: then unverified": (
        "_operations/test_carry_out.py the_deadline_ends_a_verification_that_cannot_be_read"
    ),
    "signatures use the offset learnt from AWS's Date header": (
        "_aws/test_signing.py a_host_with_a_wrong_clock_signs_right_from_the_second_send_on"
    ),
    "teardown works from the tags": (
        "_operations/test_provision_tags.py tags_of_a_name_that_no_definition_has_are_orphans"
    ),
}

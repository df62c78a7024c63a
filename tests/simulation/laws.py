# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The law of the simulation: each line of "Rules of decision" that a whole run can show.

A law reads the evidence and tells every breach as a sentence. It knows what anyone could have known
when, and asks no function of the engine.
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

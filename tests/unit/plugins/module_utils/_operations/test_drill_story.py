# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill_story import (
    client_name,
    events_of,
    gaps,
    joined,
    origin_of,
    shift_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations import (
    drills,
)


@pytest.mark.parametrize(
    ("ahead", "shift"),
    [
        (0.0, 0.0),
        (0.05, 0.0),  # the words were heard when they were told: nothing is known to be wrong
        (60.0, -59.8),  # just as much as makes it possible
        (-60.0, 59.9),
    ],
)
def test_a_clock_that_is_wrong_is_put_right_by_when_it_heard_its_words(
    ahead: float, shift: float
) -> None:
    one = drills.measurement("client-1", began=drills.WALL - 1 + ahead)
    assert shift_of(one, drills.MARKS) == pytest.approx(shift, abs=0.001)


def test_a_clock_is_believed_where_no_word_was_heard() -> None:
    assert shift_of({**drills.measurement("client-1"), "marks": []}, drills.MARKS) == 0.0


def test_clients_with_clocks_an_hour_apart_see_one_outage() -> None:
    right = drills.measurement("client-1", (5.2, 6.5))
    wrong = drills.measurement("client-2", (5.2, 6.5), began=drills.WALL - 1 + 3600)
    drill = drills.collected(right, wrong)
    first, second = gaps(drill)
    assert first.start == pytest.approx(4.2, abs=0.01)
    assert abs(first.start - second.start) < 0.3
    assert abs(origin_of(wrong, drill) - origin_of(right, drill)) < 0.3


def test_gaps_of_one_client_with_a_flicker_between_them_are_one() -> None:
    drill = drills.collected(
        drills.measurement("a", (5.0, 6.0), (6.05, 7.0)), drills.measurement("b", (6.0, 6.5))
    )
    found = joined(gaps(drill), 0.1)
    assert [(one.host, round(one.seconds, 2), one.packets) for one in found] == [
        ("a", 2.0, 195),
        ("b", 0.5, 50),
    ]


def test_a_clients_story_is_told_without_a_hole() -> None:
    drill = drills.collected(drills.measurement("client-1", (5.0, 6.0)), events=[])
    told = [(e.kind, round(e.data["from"], 2), round(e.data["to"], 2)) for e in events_of(drill)]
    assert told == [
        (Kind.ANSWERED, -1.0, 4.0),
        (Kind.LOST, 4.0, 5.0),
        (Kind.ANSWERED, 5.0, 31.0),
    ]


def test_only_events_of_this_floating_ip_and_this_time_belong_to_it() -> None:
    strange = [
        {**drills.event(1.0, "step", "another's"), "floating_ip": "web"},
        drills.event(-3600.0, "step", "long ago"),
        drills.event(3600.0, "step", "later"),
        {"kind": "no event"},
        drills.event(2.0, "step", "ours"),
        {**drills.event(3.0, "problem", "everyone's"), "floating_ip": ""},
    ]
    told = [e.sentence for e in events_of(drills.collected(events=strange))]
    assert told == ["ours", "everyone's"]


def test_events_of_hosts_lie_on_one_axis_whatever_their_clocks_count_from() -> None:
    raw = {**drills.event(4.5, "step", "told"), "at": 99999.0}
    (found,) = events_of(drills.collected(events=[raw]))
    assert found.at == pytest.approx(4.5, abs=0.001) and found.data["host"] == "db-b"


def test_a_move_ended_with_its_last_write_whenever_it_was_told() -> None:
    found = events_of(drills.collected(events=drills.events()))
    ends = [(e.target, round(e.at, 2)) for e in found if e.kind is Kind.MOVED]
    assert ends == [("db-b", 5.26), ("db-a", 17.04)]  # told at 5.35 and 17.2


def test_a_client_of_two_addresses_has_a_name_for_each() -> None:
    four, six = drills.measurement("c"), {**drills.measurement("c"), "address": "fd00::10"}
    drill = drills.collected(four, six)
    assert [client_name(one, drill) for one in (four, six)] == ["c 100.64.10.10", "c fd00::10"]

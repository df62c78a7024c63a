# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.netops.floating_ip.plugins.module_utils._report import event as events
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import (
    DATA,
    EVENT_SCHEMA,
    Event,
    Kind,
)

TIME = "2026-01-31T12:00:00.000Z"
EXAMPLES = {"string": "x", "number": 1.5, "integer": 3}


def an_event(kind: Kind = Kind.STARTED, **changes: object) -> Event:
    data = {key: EXAMPLES[kept] for key, kept in DATA.get(kind, {}).items()}
    values = {"at": 1.0, "time": TIME, "kind": kind, "floating_ip": "db", "sentence": "it began"}
    return Event(**{**values, "data": data, **changes})


@given(
    kind=st.sampled_from(Kind),
    at=st.floats(0, 1e9),
    sentence=st.text(min_size=1),
    target=st.none() | st.text(),
    more=st.dictionaries(st.sampled_from(["note", "count"]), st.integers(0, 9)),
)
def test_an_event_comes_back_from_its_line(kind, at, sentence, target, more):
    told = an_event(kind)
    told = an_event(
        kind, at=round(at, 6), sentence=sentence, target=target, data={**told.data, **more}
    )
    assert events.from_line(events.to_line(told)) == told


@given(sentence=st.text(min_size=1))
def test_a_line_is_one_line_of_ascii(sentence):
    line = events.to_line(an_event(sentence=sentence))
    assert line.isascii()
    assert len(line.splitlines()) == 1


def test_a_line_leaves_out_what_there_is_not():
    assert json.loads(events.to_line(an_event())) == {
        "time": TIME, "kind": "started", "floating_ip": "db", "sentence": "it began", "at": 1.0,
    }  # fmt: skip


@pytest.mark.parametrize("kind", DATA)
def test_a_kind_that_needs_data_is_refused_without_it(kind):
    raw = events.to_dict(an_event(kind))
    assert events.validate(raw) == ()
    for key in DATA[kind]:
        short = {**raw, "data": {k: v for k, v in raw["data"].items() if k != key}}
        assert events.validate(short) == (
            f"`data.{key}` is missing: an event of kind `{kind.value}` has it",
        )


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "failover"}, "`kind` is `failover`, which is none of started, stopped"),
        ({"time": "12:00"}, "`time` is `12:00`; write it as 2026-01-31T12:00:00.000Z"),
        ({"at": "1"}, "`at` is no number"),
        ({"at": True}, "`at` is no number"),
        ({"sentence": ""}, "`sentence` is empty; say what happened"),
        ({"target": 3}, "`target` is no string or null"),
        ({"vip": "x"}, "`vip` is no key of an event"),
        ({"data": []}, "`data` is no object"),
    ],
)
def test_a_wrong_line_is_refused_with_a_sentence(change, problem):
    problems = events.validate({**events.to_dict(an_event()), **change})
    assert len(problems) == 1
    assert problems[0].startswith(problem)


def test_every_required_key_is_asked_for():
    assert events.validate({}) == tuple(f"`{k}` is missing" for k in EVENT_SCHEMA["required"])
    assert events.validate([]) == ("an event is a JSON object",)


def test_data_of_the_wrong_type_is_refused():
    raw = events.to_dict(an_event(Kind.CALL, data={**an_event(Kind.CALL).data, "outcome": 3}))
    assert events.validate(raw) == ("`data.outcome` is no string",)


@pytest.mark.parametrize("line", ["", "no JSON", "[1", '{"time": 1}'])
def test_what_is_no_event_is_a_value_error_with_a_sentence(line):
    with pytest.raises(ValueError, match=r"this is no event|this line is no JSON"):
        events.from_line(line)


def test_our_validation_agrees_with_json_schema():
    jsonschema = pytest.importorskip("jsonschema")
    checker = jsonschema.Draft202012Validator(EVENT_SCHEMA)
    right = [events.to_dict(an_event(kind)) for kind in Kind]
    wrong = [{**raw, "data": {}} for raw in right if Kind(raw["kind"]) in DATA]
    wrong += [{**right[0], "more": 1}, {**right[0], "time": "now"}, {**right[0], "at": None}]
    for raw in right + wrong:
        assert checker.is_valid(raw) == (events.validate(raw) == ()), raw


def test_the_wall_clock_is_told_in_utc_with_milliseconds():
    assert events.utc(0) == "1970-01-01T00:00:00.000Z"
    assert events.utc(1769860800.0049) == "2026-01-31T12:00:00.004Z"


def test_a_writer_writes_a_line_for_each_event():
    stream = io.StringIO()
    sink = events.writer(stream)
    sink(an_event())
    sink(an_event(Kind.STOPPED))
    assert [events.from_line(line).kind for line in stream.getvalue().splitlines()] == [
        Kind.STARTED,
        Kind.STOPPED,
    ]

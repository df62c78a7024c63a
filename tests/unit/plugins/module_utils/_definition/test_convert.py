# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.convert import (
    convert,
    is_null,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.error import Wrong
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.key import Key
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._definition import (
    samples,
)


class Tagged(str):
    """A text as newer releases of Ansible make it: with more than text in it."""

    __slots__ = ("origin",)


def result_of(kind: str, value: object, **limits: object) -> object:
    try:
        return convert(Key("k", kind, "", **limits), value)
    except Wrong as wrong:
        return str(wrong)


@pytest.mark.parametrize("value", [True, "true", "True", " yes ", "on", 1, "1"])
def test_what_templates_make_of_true_is_true(value):
    assert result_of("bool", value) is True


@pytest.mark.parametrize("value", [False, "False", "no", "off", 0, "0"])
def test_what_templates_make_of_false_is_false(value):
    assert result_of("bool", value) is False


@pytest.mark.parametrize("value", [2, "maybe", [], 1.0])
def test_other_words_are_neither_true_nor_false(value):
    assert result_of("bool", value) == f"must be true or false, not {value!r}."


@pytest.mark.parametrize(
    ("value", "number"), [(5, 5), ("5", 5), (" +5 ", 5), (5.0, 5), ("5.0", 5), ("-3", -3), ("0", 0)]
)
def test_a_whole_number_may_be_a_text(value, number):
    result = result_of("int", value)
    assert result == number
    assert result.__class__ is int


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("010", "must be a number without a leading zero, not '010'."),
        ("1_000", "must be a number, not '1_000': write digits alone."),
        ("0x10", "must be a number, not '0x10': write digits alone."),
        ("\u0665", "must be a number, not '\u0665': write digits alone."),
        ("five", "must be a number, not 'five': write digits alone."),
        (5.5, "must be a whole number, not 5.5."),
        (True, "must be a number, not True."),
        ([5], "must be a number, not [5]."),
        (float("inf"), "must be a finite number, not inf."),
        ("1e999", "must be a finite number, not inf."),
    ],
)
def test_what_is_no_whole_number_is_told(value, problem):
    assert result_of("int", value) == problem


def test_a_number_that_python_will_not_write_is_told():
    told = "must be a finite number, not a number of thousands of digits."
    assert result_of("int", 10**5000) == told
    told = "must be true or false, not a number of thousands of digits."
    assert result_of("bool", 10**5000) == told
    told = "is a number to YAML, a number of thousands of digits: put it in quotes."
    assert result_of("str", 10**5000) == told


def test_limits_are_told_with_their_unit():
    limits = {"minimum": 0.5, "maximum": 2, "unit": "seconds"}
    assert result_of("float", ".5", **limits) == 0.5
    assert result_of("float", "2", **limits) == 2
    assert result_of("float", 0.49, **limits) == "must be at least 0.5 seconds, not 0.49."
    assert result_of("float", 3, **limits) == "must be at most 2 seconds, not 3."


def test_a_whole_number_is_taken_for_a_text_and_others_need_quotes():
    assert samples.parsed(name=5).name == "5"
    assert samples.problems_of(probe={"path": True}) == [
        ".probe.path must be a text, not True: put it in quotes."
    ]
    assert result_of("str", 1.1) == "must be a text, not 1.1: put it in quotes."
    assert result_of("str", True) == "must be a text, not True: put it in quotes."
    assert result_of("str", 10**18) == f"is a number to YAML, {10**18}: put it in quotes."


def test_a_text_is_stripped_and_becomes_a_plain_one():
    result = result_of("str", Tagged(" db "))
    assert result == "db"
    assert result.__class__ is str
    assert result_of("str", Tagged("db")).__class__ is str


def test_a_text_that_no_file_can_hold_is_told():
    assert result_of("str", "\ud800") == r"must be a text that UTF-8 can write, not '\ud800'."


def test_an_address_that_yaml_took_for_a_number_is_told():
    assert result_of("str", 80, form="address") == "is a number to YAML, 80: put it in quotes."


@pytest.mark.parametrize("value", [None, "", " \n", Tagged()])
def test_null_and_blank_texts_mean_not_given(value):
    assert is_null(value)


@pytest.mark.parametrize("value", [0, False, [], {}, "0"])
def test_other_values_are_given(value):
    assert not is_null(value)

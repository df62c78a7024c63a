# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pickle

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.error import (
    DefinitionError,
    Problems,
    readable,
    shown,
)


def test_one_problem_is_the_message_and_more_are_a_list():
    assert str(DefinitionError(["a is wrong."])) == "a is wrong."
    assert str(DefinitionError(["a is wrong.", "b too."])) == (
        "The floating IP definitions have 2 problems:\n- a is wrong.\n- b too."
    )


def test_a_rule_is_silent_about_a_value_that_is_wrong():
    problems = Problems()
    problems.add("a.b", "is wrong.")
    for related in ("a", "a.b", "a.b.c", "a.b[0]"):
        problems.add_rule(related, "breaks a rule.")
    assert problems.sentences() == ("a.b is wrong.",)


def test_a_rule_speaks_where_no_value_is_wrong_and_once_at_a_path():
    problems = Problems()
    problems.add("a.b", "is wrong.")
    for other in ("a.bb", "a.c", "a.c", "a.c.d", "b"):
        problems.add_rule(other, "breaks a rule.")
    assert [text.split(" ")[0] for text in problems.sentences()] == [
        "a.b",
        "a.bb",
        "a.c",
        "a.c.d",
        "b",
    ]


@pytest.mark.parametrize(
    ("value", "text"), [("x", "'x'"), (5, "5"), ({"a": [1]}, "{'a': [1]}"), (None, "None")]
)
def test_a_value_is_shown_as_it_is(value, text):
    assert shown(value) == text


def test_a_long_value_is_shown_short():
    assert len(shown("x" * 1000)) <= 60
    assert len(shown([["x" * 1000] * 1000] * 1000)) <= 101
    loop: list[object] = []
    loop.append(loop)
    assert shown(loop).startswith("[[[")


def test_a_name_that_cannot_be_read_is_shown_with_quotes():
    assert [readable(name) for name in ("db", "", "a\nb", 5)] == ["db", "''", r"'a\nb'", "5"]


def test_the_error_survives_a_process_boundary():
    error = pickle.loads(pickle.dumps(DefinitionError(["a.", "b."])))
    assert error.problems == ("a.", "b.")

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._definition import (
    samples,
)


@pytest.mark.parametrize(
    "name", ["access_key", "aws_secret_access_key", "session_token", "profile"]
)
def test_credentials_are_refused_and_not_shown(name):
    assert samples.problems_of(aws={name: "hidden"}) == [
        f".aws.{name} must not be in a definition: give credentials by the environment, "
        "module_defaults or the instance's role, and remove it."
    ]


def test_a_key_in_the_wrong_place_is_told_where_it_belongs():
    assert samples.problems_of(timeout=1, probe={"cooldown": 5}) == [
        ".timeout is not a known key here: it belongs under probe.",
        ".probe.cooldown is not a known key here: it belongs under policy.",
    ]


def test_a_key_that_nothing_resembles_is_told_with_the_keys_there_are():
    assert samples.problems_of(aws={"zzz": 1, 5: 2, None: 3, "\n": 4}) == [
        f".aws.{name} is not a known key here: the keys here are region, role_arn, endpoint_url."
        for name in ("zzz", "5", "None", r"'\n'")
    ]


def test_nulls_and_empty_texts_are_not_given():
    definition = samples.parsed(probe=None, policy="", aws={"region": " "}, objective_seconds="")
    assert definition == samples.parsed()


def test_nothing_in_a_list_is_left_out():
    assert samples.parsed(addresses=["100.64.10.10", "", None]).addresses == ("100.64.10.10",)


def test_a_text_is_a_list_of_one_or_more():
    assert samples.parsed(addresses="100.64.10.10, fd00::1").addresses == (
        "100.64.10.10",
        "fd00::1",
    )
    assert samples.parsed(probe={"expect_status": 204}).probe.expect_status == ((204, 204),)


def test_a_command_is_taken_word_for_word():
    command = ["/bin/check", "", " a,b ", 5]
    definition = samples.parsed(probe={"protocol": "command", "command": command})
    assert definition.probe.command == ("/bin/check", "", " a,b ", "5")
    assert samples.problems_of(probe={"protocol": "command", "command": "/bin/check -q"}) == [
        ".probe.command must be a list with one item for each argument, not '/bin/check -q'."
    ]


def test_a_tag_without_a_value_is_told_because_without_it_more_tables_match():
    tables = {"vpc_id": "vpc-1", "tags": {"a": "", "b": 5, "c": None, "d": True}}
    assert samples.problems_of(route_tables=tables) == [
        ".route_tables.tags[c] must be a text, not None.",
        ".route_tables.tags[d] must be a text, not True: put it in quotes.",
    ]
    tables["tags"] = {"a": "", "b": 5}
    assert samples.parsed(route_tables=tables).route_tables.tags == {"a": "", "b": "5"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"probe": []}, ".probe must be a dictionary of settings, not []."),
        ({"targets": "db-a"}, ".targets must be a list of dictionaries, not 'db-a'."),
        (
            {"targets": ["a", samples.target(0), samples.target(1)]},
            ".targets[0] must be a dictionary of settings, not 'a'.",
        ),
        ({"addresses": {"a": 1}}, ".addresses must be a list of texts, not {'a': 1}."),
        (
            {"route_tables": {"vpc_id": "vpc-1", "tags": "x"}},
            ".route_tables.tags must be a dictionary of texts, not 'x'.",
        ),
    ],
)
def test_another_shape_is_told(changes, problem):
    assert samples.problems_of(**changes) == [problem]


def test_an_entry_without_a_name_that_can_be_read_goes_by_its_index():
    assert [
        text.split(" ")[0]
        for text in samples.problems(samples.raw(name=None), samples.raw(name=["x"]))
    ] == [
        "floating_ips[0].name",
        "floating_ips[1].name",
    ]
    assert samples.problems(samples.raw(name="a\nb"))[0].startswith(
        r"floating_ips['a\nb'].name must be"
    )

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.iam_statements import (
    Scope,
    document,
    literal,
    merged,
    size_of,
)

TABLES = "arn:aws:ec2:eu-west-1:1:route-table"


def test_scopes_of_one_kind_are_one() -> None:
    scopes = [Scope(("a",), ("vpc-1",)), Scope(("b",)), Scope(("a",), ("vpc-2",)), Scope(())]
    assert merged(scopes) == [Scope(("a",), ("vpc-1", "vpc-2")), Scope(("b",))]


def test_what_a_star_says_is_not_said_again() -> None:
    star, one, other = f"{TABLES}/*", f"{TABLES}/rtb-1", "arn:aws:ec2:eu-west-1:2:route-table/rtb-1"
    scopes = [Scope((one, star, other)), Scope((star,), ("vpc-1",)), Scope((one,), tag_key="x")]
    assert merged(scopes) == [Scope((star, other))]


def test_a_narrowed_star_says_nothing_for_others() -> None:
    star, one = f"{TABLES}/*", f"{TABLES}/rtb-1"
    scopes = [Scope((star,), ("vpc-1",)), Scope((one,))]
    assert merged(scopes) == scopes


def test_only_a_name_that_is_used_twice_gets_a_number() -> None:
    policy = document([{"Sid": name} for name in ("Look", "Routes", "Routes")])
    assert [one["Sid"] for one in policy["Statement"]] == ["Look", "Routes1", "Routes2"]


def test_the_size_is_without_spaces() -> None:
    assert size_of({"a": ["b", "c"]}) == len('{"a":["b","c"]}')


def test_iam_finds_no_variable_in_a_literal_value() -> None:
    assert literal("${aws:username} costs $5") == "${$}{aws:username} costs $5"

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.error import (
    DefinitionError,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.parse import parse
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.selection import (
    names_of,
    select,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._definition import (
    samples,
)

DEFINITIONS = parse(
    [
        samples.raw(),
        samples.raw(name="web", addresses=["fd00::1"]),
        samples.raw(name="5", addresses=["fd00::5"]),
    ]
)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (None, ()),
        ("", ()),
        (" ", ()),
        ([], ()),
        (["", None], ()),
        ("[]", ()),
        ("db", ("db",)),
        (" db , web", ("db", "web")),
        ("[db, web]", ("db", "web")),
        ('["db", "web"]', ("db", "web")),
        (["db", "web", "db"], ("db", "web")),
        (("db", 5), ("db", "5")),
        (5, ("5",)),
        ("all", ("all",)),
    ],
)
def test_names_are_read_as_surveys_and_extra_variables_give_them(value, names):
    assert names_of(value) == names


@pytest.mark.parametrize("value", [True, 1.5, {"db": 1}, ["db", ["web"]], [True]])
def test_what_is_no_list_of_names_is_told(value):
    with pytest.raises(DefinitionError, match="names must be a list of names of floating IPs"):
        names_of(value)


@pytest.mark.parametrize(
    ("names", "selected"),
    [
        ("all", ["db", "web", "5"]),
        (["web", "all"], ["db", "web", "5"]),
        ("web,db", ["db", "web"]),
        ([5], ["5"]),
        ("", []),
    ],
)
def test_definitions_are_selected_in_their_own_order(names, selected):
    assert [definition.name for definition in select(DEFINITIONS, names)] == selected


def test_names_that_nothing_has_are_told_with_those_there_are():
    with pytest.raises(DefinitionError) as raised:
        select(DEFINITIONS, ["webb", "zzz", "db"])
    assert raised.value.problems == (
        "No floating IP is called 'webb'. Did you mean web? There are db, web, 5.",
        "No floating IP is called 'zzz'. There are db, web, 5.",
    )
    with pytest.raises(DefinitionError, match="'db'\\. There is none at all"):
        select([], "db")

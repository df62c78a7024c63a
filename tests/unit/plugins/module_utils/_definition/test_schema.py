# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

"""The schema and the model say the same."""

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition import model
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.convert import convert
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.forms import FORMS
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.key import Key
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.schema import SCHEMA

SECTIONS = {
    "aws": model.Aws,
    "route_tables": model.RouteTables,
    "targets": model.Target,
    "probe": model.Probe,
    "policy": model.Policy,
    "hooks": model.Hooks,
    "store": model.Store,
}
NOT_IN_MODEL = {"targets_from", "metrics"}


def every_key(parent: Key = SCHEMA) -> Iterator[Key]:
    for key in parent.keys:
        yield key
        yield from every_key(key)


def default_of(field: Field[Any]) -> Any:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else None


@pytest.mark.parametrize(
    ("key", "kind"),
    [(SCHEMA, model.FloatingIp)] + [(SCHEMA.key(n), k) for n, k in SECTIONS.items()],
    ids=lambda v: getattr(v, "name", ""),
)
def test_a_section_has_the_fields_of_its_value_with_the_same_defaults(key, kind):
    ours = {child.name: child.default for child in key.keys if child.name not in NOT_IN_MODEL}
    theirs = {field.name: default_of(field) for field in fields(kind)}
    assert ours.keys() == theirs.keys()
    for name in ours.keys() - SECTIONS.keys():
        assert ours[name] == theirs[name], name


def test_every_section_of_the_model_is_compared():
    sections = {key.name for key in SCHEMA.keys if key.keys}
    assert sections - NOT_IN_MODEL == SECTIONS.keys()


@pytest.mark.parametrize("key", list(every_key()), ids=lambda key: key.name)
def test_a_key_is_described_in_sentences_and_its_names_exist(key):
    assert key.text[0].isupper() or key.text.startswith("`")
    assert key.text.endswith(".")
    assert key.text.count("`") % 2 == 0
    assert key.form in FORMS
    assert key.type in ("str", "bool", "int", "float", "dict", "list", "map")
    assert (key.unit == "seconds") == (key.type == "float")
    assert (key.minimum is not None) == (key.type in ("int", "float")) == (key.maximum is not None)


@pytest.mark.parametrize(
    "key",
    [key for key in every_key() if key.type in ("str", "bool", "int", "float")],
    ids=lambda key: key.name,
)
def test_defaults_and_examples_and_choices_are_right_themselves(key):
    for value in (key.default, key.example, *key.choices):
        if value is not None:
            assert convert(key, value) == value


def test_a_condition_names_a_key_beside_it_and_values_that_it_knows():
    for parent in (SCHEMA, *(key for key in SCHEMA.keys if key.keys)):
        for rule in (key.only_with for key in parent.keys if key.only_with):
            assert set(rule.values) <= set(parent.key(rule.key).choices)


def test_a_key_that_does_not_exist_cannot_be_asked_for():
    with pytest.raises(KeyError, match="zzz"):
        SCHEMA.key("zzz")

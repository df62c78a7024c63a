# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from jsonschema import Draft202012Validator

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.as_dict import to_raw
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.documentation import (
    EXAMPLE,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.json_schema import (
    json_schema,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._definition import (
    samples,
    strategies,
)

VALIDATOR = Draft202012Validator(json.loads(json.dumps(json_schema())))


def accepts(entry: object, **variables: object) -> bool:
    return VALIDATOR.is_valid({"floating_ips": [entry], **variables})


def test_the_schema_is_one():
    Draft202012Validator.check_schema(json_schema())


def test_the_example_of_the_documentation_is_accepted():
    VALIDATOR.validate(yaml.safe_load(EXAMPLE))


@given(strategies.floating_ips())
def test_every_definition_as_we_write_it_is_accepted(definition):
    VALIDATOR.validate({"floating_ips": [to_raw(definition)], "something_else": 1})


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "{{ env }}-db"},
        {"addresses": ["{{ address }}"]},
        {"addresses": "100.64.10.10"},
        {"probe": {"port": "{{ port }}", "protocol": "", "rise": "3", "verify_tls": "{{ x }}"}},
        {"probe": None, "aws": {"region": None}, "objective_seconds": ""},
        {"targets": "{{ targets }}"},
        {"route_tables": {"ids": "{{ tables }}", "tags": {"n": 1}}},
    ],
)
def test_templates_and_nulls_are_accepted(changes):
    assert accepts(samples.raw(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "-db"},
        {"adresses": []},
        {"state": "gone"},
        {"probe": {"port": 70000}},
        {"probe": {"timeout": "5s"}},
        {"probe": {"command": "/bin/true"}},
        {"probe": {"protocol": "https", "expect_status": ["2xx"]}},
        {"targets": [{"network_interface_id": "eni-1"}]},
        {"route_tables": {"ids": ["subnet-1"]}},
        {"mechanism": "elastic_ip"},
    ],
)
def test_mistakes_are_marked_in_the_editor(changes):
    assert not accepts(samples.raw(**changes))


def test_defaults_may_not_name_or_address():
    assert accepts(samples.raw(), floating_ip_defaults={"probe": {"port": 80}})
    assert not accepts(samples.raw(), floating_ip_defaults={"name": "db"})

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.as_dict import to_raw
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.error import (
    DefinitionError,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
    Probe,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.parse import parse
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.targets import (
    parse_with_inventory,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._definition import (
    samples,
    strategies,
)

DESIGN = """
- name: db
  state: present
  addresses: [100.64.10.10]
  mechanism: route
  aws: {region: eu-west-1, role_arn: null, endpoint_url: null}
  route_tables:
    subnet_ids: [subnet-a, subnet-b]
    ids: [rtb-1]
    vpc_id: vpc-1
    tags: {floating-ip: db}
  targets:
    - {name: db-a, network_interface_id: eni-1, probe_address: 10.0.1.10}
    - {name: db-b, instance_id: i-2, device_index: 0}
  probe: {protocol: http, port: 80, path: /health, expect_status: ["200-299"], interval: 1,
          timeout: 0.5, fast_interval: 0.1, rise: 2, fall: 3, min_down: 0.5}
  policy: {failback: manual, failback_delay: 300, cooldown: 10, settle: 60, max_moves: 4,
           max_moves_window: 3600, breaker_delay: 300, on_drift: repair, reconcile_interval: 30,
           references: []}
  store: {kind: file}
  metrics: {cloudwatch: false}
  objective_seconds: 5
"""
GARBAGE = [
    "\0",
    "\ud800",
    float("nan"),
    {"?": 1},
    [[[]]],
    10**5000,
    -(10**400),
    b"x",
    object(),
    {1},
]


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value inside nested lists and dictionaries."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in items if isinstance(value, (dict, list)) else ():
        yield (*path, key)
        if isinstance(child, (dict, list)):
            yield from paths_of(child, (*path, key))


def with_change(value: Any, path: tuple[Any, ...], garbage: Any) -> Any:
    if not path:
        return garbage
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = with_change(value[path[0]], path[1:], garbage)
    return copy


def test_the_sample_of_the_design_lacks_only_what_the_inventory_gives():
    (sample,) = yaml.safe_load(DESIGN)
    assert samples.problems(sample) == [
        "floating_ips[db].targets[db-b].probe_address is required: "
        "give the target's own address, for example 10.0.1.10."
    ]
    sample["targets"][1]["probe_address"] = "10.0.2.10"
    (definition,) = parse([sample])
    assert definition.target("db-b").device_index == 0
    assert definition.probe == Probe(path="/health")


def test_settings_that_are_not_given_have_the_defaults_of_the_model():
    definition = samples.parsed()
    plain = FloatingIp(definition.name, definition.addresses, definition.targets)
    assert {**vars(definition), "route_tables": None} == {**vars(plain), "route_tables": None}


@given(strategies.floating_ips())
def test_a_definition_survives_being_written_and_read(definition):
    assert parse(json.loads(json.dumps([to_raw(definition)]))) == (definition,)


@given(strategies.floating_ips(), st.data())
def test_garbage_anywhere_is_told_and_nothing_else_is_raised(definition, data):
    valid = [to_raw(definition)]
    path = data.draw(st.sampled_from(list(paths_of(valid))))
    garbage = data.draw(st.sampled_from(GARBAGE))
    if path[-2:-1] == ("command",) or path[-1] == "expect_body":
        garbage = "\0"
    with pytest.raises(DefinitionError) as raised:
        parse(with_change(valid, path, garbage))
    assert all(text.isprintable() and text[-1] in ".?" for text in raised.value.problems)


@given(st.data())
def test_anything_at_all_is_parsed_or_told(data):
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    names = ["name", "probe", "targets", "targets_from", "aws", "tags", "x"]
    keys = st.sampled_from(names) | st.integers()
    anything = st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4)
    )
    try:
        parse_with_inventory(data.draw(anything), data.draw(anything), {}, lambda _host: {})
    except DefinitionError as error:
        assert error.problems  # noqa: PT017 - parsing may also succeed


def test_every_problem_of_every_definition_is_told_at_once():
    bad = samples.raw(probe={"timeout": "5s", "prot": 80}, store={"kind": "floppy"}, state="gone")
    assert samples.problems(bad, {"name": "web"}, 5) == [
        "floating_ips[db].probe.timeout must be a number of seconds, not '5s': write digits alone.",
        "floating_ips[db].probe.prot is not a known key: did you mean port?",
        "floating_ips[db].store.kind must be one of file, not 'floppy'.",
        "floating_ips[db].state must be one of present, absent, not 'gone'.",
        "floating_ips[web].addresses is required: give it, for example ['100.64.10.10'].",
        "floating_ips[web].route_tables selects no table: give ids, subnet_ids or vpc_id.",
        "floating_ips[web].targets needs at least two targets to move between, and has 0.",
        "floating_ips[2] must be a dictionary of settings, not 5.",
    ]


def test_a_value_that_is_wrong_is_not_told_again_by_the_rules_about_it():
    assert samples.problems_of(
        targets=[samples.target(0, network_interface_id="i-1"), samples.target(1)]
    ) == [
        ".targets[db-a].network_interface_id must be the id of a network interface, "
        "such as eni-0a1b2c3d, not 'i-1'."
    ]


def test_a_name_that_was_mistyped_is_not_also_missing():
    mistyped = {**samples.raw(), "adresses": ["100.64.10.10"]}
    del mistyped["addresses"]
    assert samples.problems(mistyped) == [
        "floating_ips[db].adresses is not a known key: did you mean addresses?"
    ]


def test_definitions_that_are_no_list_are_told():
    assert samples.problems() == []
    with pytest.raises(DefinitionError, match="floating_ips must be a list of floating IPs"):
        parse({"name": "db"})


def test_defaults_lie_under_each_entry_dictionaries_deep_and_lists_whole():
    defaults = {
        "probe": {"timeout": "0.4", "path": "/up", "expect_status": [200, 204]},
        "policy": {"references": ["10.0.0.2:443"]},
        "store": "",
    }
    definition = samples.parsed(
        defaults, probe={"path": "/db", "expect_status": None}, policy={"references": ["h:1"]}
    )
    assert definition.probe == Probe(
        timeout=0.4, path="/db", expect_status=((200, 200), (204, 204))
    )
    assert definition.policy.references == (("h", 1),)


def test_a_problem_of_the_defaults_is_told_once_and_as_theirs():
    defaults = {"probe": {"port": "http"}, "name": "db", "addresses": ["100.64.1.1"]}
    assert samples.problems(
        samples.raw(), samples.raw(name="b", addresses=["100.64.2.2"]), defaults=defaults
    ) == [
        "floating_ip_defaults.probe.port must be a number, not 'http': write digits alone.",
        "floating_ip_defaults.name cannot be shared: give it in each floating IP.",
        "floating_ip_defaults.addresses cannot be shared: give it in each floating IP.",
    ]


def test_defaults_for_another_protocol_or_mechanism_are_left_out():
    defaults = {"probe": {"port": 8080, "path": "/up"}, "route_tables": {"vpc_id": "vpc-1"}}
    both = parse(
        [
            samples.raw(probe={"protocol": "icmp"}, mechanism="secondary_ip", route_tables=None),
            samples.raw(name="web", addresses=["100.64.1.1"]),
        ],
        defaults,
    )
    assert both[0].probe == Probe("icmp", port=None)
    assert both[0].route_tables.is_empty
    assert (both[1].probe.port, both[1].route_tables.vpc_id) == (8080, "vpc-1")


def test_what_the_entry_itself_says_must_mean_something():
    assert samples.problems_of(probe={"protocol": "icmp", "port": 7}, mechanism="secondary_ip") == [
        ".route_tables means nothing with mechanism=secondary_ip: remove it.",
        ".probe.port means nothing with protocol=icmp: remove it.",
    ]


@pytest.mark.parametrize(
    ("protocol", "port"), [("http", 80), ("https", 443), ("icmp", None), ("tcp", 22)]
)
def test_the_port_follows_the_protocol(protocol, port):
    given_port = {"port": port} if protocol == "tcp" else {}
    assert samples.parsed(probe={"protocol": protocol, **given_port}).probe.port == port


def test_targets_from_must_have_been_expanded():
    assert samples.problems_of(targets=None, targets_from="dbs") == [
        ".targets_from needs the inventory: get the definitions from the lookup "
        "netops.floating_ip.definitions."
    ]
    assert samples.problems_of(targets_from="dbs") == [
        ".targets_from cannot stand beside targets: remove one of them."
    ]


def test_what_comes_in_a_later_release_is_told_as_that():
    later = {"mechanism": "elastic_ip", "store": {"kind": "dynamodb"}, "metrics": {"cloudwatch": 1}}
    assert samples.problems_of(**later) == [
        ".mechanism 'elastic_ip' is not in this release: use route or secondary_ip.",
        ".store.kind 'dynamodb' is not in this release: use file.",
        ".metrics.cloudwatch 1 is not in this release: use false.",
    ]
    assert samples.parsed(metrics={"cloudwatch": "no"}, store={"kind": "file"})

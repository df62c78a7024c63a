# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.validate import (
    check,
    warnings,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._definition import (
    samples,
    strategies,
)

SECONDARY = {"mechanism": "secondary_ip", "route_tables": None}

BROKEN = [
    # addresses
    (
        {"addresses": []},
        ".addresses is empty: give an IPv4 address, an IPv6 address, or one of each.",
    ),
    (
        {"addresses": ["100.64.1.1", "100.64.1.1/32"]},
        ".addresses lists 100.64.1.1 twice: remove one.",
    ),
    (
        {"addresses": ["100.64.1.1", "100.64.1.2"]},
        ".addresses has 2 IPv4 addresses: make one floating IP each.",
    ),
    (
        {"addresses": ["fd00::1", "fd00:0::2", "100.64.1.1"]},
        ".addresses has 2 IPv6 addresses: make one floating IP each.",
    ),
    (
        {"addresses": ["20.0.0.10"]},
        ".addresses holds 20.0.0.10, which is public space: choose a private address, such as "
        "100.64.10.10, or say allow_public: true if it is yours.",
    ),
    (
        {"addresses": ["fd00::1"], **SECONDARY},
        ".addresses must be IPv4 with mechanism=secondary_ip: use mechanism=route.",
    ),
    # route tables
    (
        {"route_tables": None},
        ".route_tables selects no table: give ids, subnet_ids or vpc_id.",
    ),
    (
        {"route_tables": {"ids": ["", None]}},
        ".route_tables selects no table: give ids, subnet_ids or vpc_id.",
    ),
    (
        {"route_tables": {"ids": ["rtb-1"], "tags": {"a": "b"}}},
        ".route_tables.tags needs vpc_id beside it: it narrows the tables of that VPC.",
    ),
    (
        {"mechanism": "secondary_ip"},
        ".route_tables means nothing with mechanism=secondary_ip: remove it.",
    ),
    # targets
    (
        {"targets": [samples.target(0)]},
        ".targets needs at least two targets to move between, and has 1.",
    ),
    (
        {"targets": [samples.target(0), samples.target(1, name="db-a")]},
        ".targets[db-a].name 'db-a' is listed twice: remove or rename one.",
    ),
    (
        {"targets": [samples.target(0, instance_id="i-1"), samples.target(1)]},
        ".targets[db-a] has both network_interface_id and instance_id: remove one of them.",
    ),
    (
        {"targets": [samples.target(0, network_interface_id=None), samples.target(1)]},
        ".targets[db-a] needs network_interface_id or instance_id: give one, or set the variable "
        "instance_id of the inventory host db-a.",
    ),
    (
        {"targets": [samples.target(0, device_index=1), samples.target(1)]},
        ".targets[db-a].device_index belongs to instance_id: remove it.",
    ),
    (
        {
            "targets": [
                samples.target(1),
                samples.target(1, name="db-c", device_index="0", probe_address="h"),
            ]
        },
        ".targets[db-c] is the interface of db-b too: correct it, or give device_index.",
    ),
    (
        {
            "targets": [
                samples.target(0),
                samples.target(0, name="db-c", probe_address="h"),
            ]
        },
        ".targets[db-c] is the interface of db-a too: correct it, or give device_index.",
    ),
    (
        {"targets": [samples.target(0), samples.target(1, probe_address="10.0.1.10")]},
        ".targets[db-b].probe_address is also that of db-a: correct one of them.",
    ),
    (
        {"targets": [samples.target(0, probe_address="100.64.10.10"), samples.target(1)]},
        ".targets[db-a].probe_address is the floating address, which is always the holder: "
        "give the target's own.",
    ),
    (
        {"targets": [samples.target(0, probe_address=""), samples.target(1)]},
        ".targets[db-a].probe_address is required: give the target's own address, "
        "for example 10.0.1.10.",
    ),
    # probe
    (
        {"probe": {"protocol": "tcp"}},
        ".probe.port is required with protocol=tcp: give the port of the service.",
    ),
    (
        {"probe": {"protocol": "command"}},
        ".probe.command is required with protocol=command: give a list of arguments.",
    ),
    (
        {"probe": {"expect_status": []}},
        ".probe.expect_status is empty, so nothing could ever be up: give '200-299'.",
    ),
    # timings
    (
        {"probe": {"timeout": 3}},
        ".probe.timeout must be less than three intervals (3 seconds): lower it or raise interval.",
    ),
    (
        {"probe": {"fast_interval": 1.5}},
        ".probe.fast_interval must be at most interval (1 seconds): lower it or raise interval.",
    ),
    (
        {"probe": {"interval": 60}},
        ".policy.reconcile_interval must be at least probe.interval (60 seconds): raise it.",
    ),
    (
        {"policy": {"cooldown": 60, "max_moves_window": 60}},
        ".policy.cooldown must be less than max_moves_window (60 seconds): lower it or raise that.",
    ),
]
SOUND = [
    {"addresses": ["fd00::1", "100.64.1.1"]},
    {"addresses": ["20.0.0.10"], "allow_public": "yes"},
    {"addresses": ["20.0.0.10"], **SECONDARY},
    {"route_tables": {"subnet_ids": ["subnet-1"]}},
    {"targets": [], "state": "absent"},
    {"targets": [samples.target(0, probe_address=None)], "state": "absent"},
    {
        "targets": [
            samples.target(1, device_index=0),
            samples.target(1, name="b", device_index=1, probe_address="h"),
        ]
    },
    {"probe": {"timeout": 2.99}},
    {"probe": {"fast_interval": 1}},
    {"probe": {"interval": 30}},
    {"probe": {"interval": 60}, "policy": {"reconcile_interval": 60}},
]


@pytest.mark.parametrize(("changes", "problem"), BROKEN)
def test_a_broken_rule_is_told_once_with_what_to_do(changes, problem):
    assert samples.problems_of(**changes) == [problem]


@pytest.mark.parametrize("changes", SOUND)
def test_what_is_just_inside_the_rules_is_allowed(changes):
    assert samples.problems_of(**changes) == []


def test_a_command_probe_needs_no_address():
    targets = [samples.target(0, probe_address=None), samples.target(1, probe_address=None)]
    probe = {"protocol": "command", "command": ["/bin/check"]}
    assert samples.problems_of(targets=targets, probe=probe) == []


def test_ipv4_comes_before_ipv6():
    definition = samples.parsed(addresses=["FD00::1", "100.64.1.1/32"])
    assert definition.addresses == ("100.64.1.1", "fd00::1")


def test_names_and_addresses_belong_to_one_floating_ip():
    db, other = samples.raw(), samples.raw(name="web", addresses=["fd00::1", "100.64.10.10"])
    assert samples.problems(db, other) == [
        "floating_ips[web].addresses holds 100.64.10.10, which is the address of db: change one."
    ]
    assert samples.problems(db, samples.raw(addresses=["100.64.1.1"])) == [
        "floating_ips[db].name 'db' is taken by an earlier entry: rename one."
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_to_be_absent_has_no_claim_to_its_address(order):
    """So a floating IP gets another name: the new entry beside the old one, which goes."""
    entries = [samples.raw(state="absent"), samples.raw(name="primary")]
    assert samples.problems(*entries[::order]) == []
    both = [samples.raw(), samples.raw(state="absent")]
    assert "'db' is taken by an earlier entry" in samples.problems(*both)[0]


def test_an_address_may_float_in_two_regions():
    entries = [
        samples.raw(name=region, aws={"region": region}) for region in ("eu-west-1", "eu-west-2")
    ]
    assert samples.problems(*entries) == []


@given(strategies.floating_ips())
def test_a_valid_definition_breaks_no_rule_and_warnings_are_sentences(definition):
    assert check(definition) == ()
    assert all(text.startswith("floating_ips[") for text in warnings(definition))


@pytest.mark.parametrize("protocol", ["tcp", "icmp"])
def test_a_probe_that_a_frozen_host_passes_is_warned_of(protocol):
    port = 80 if protocol == "tcp" else None
    definition = samples.parsed(probe={"protocol": protocol, "port": port})
    assert warnings(definition) == (
        f"floating_ips[db].probe.protocol is {protocol}, which a frozen host still answers: "
        "use http, https or command so that a hung service is noticed.",
    )


def test_https_to_an_address_is_warned_of_unless_the_name_is_known():
    assert "probe.host is not given" in warnings(samples.parsed(probe={"protocol": "https"}))[0]
    known = samples.parsed(probe={"protocol": "https", "host": "db.example.com"})
    assert warnings(known) == ()
    assert warnings(samples.parsed(probe={"protocol": "https", "verify_tls": "no"})) == ()


def test_probe_addresses_that_mislead_are_warned_of():
    definition = samples.parsed()
    assert warnings(definition) == ()
    first, second = definition.targets
    misled = (replace(first, probe_address="db-a"), replace(second, probe_address="::1"))
    assert [text.split(" ", 1)[1] for text in warnings(replace(definition, targets=misled))] == [
        "is a name: while it cannot be resolved the target's health is unknown.",
        "is a loopback address, so every observer probes itself: give another.",
    ]

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.parse import parse
from ansible_collections.netops.floating_ip.tests.demo import lab, plan
from ansible_collections.netops.floating_ip.tests.demo.commands import StepFailed

TEMPLATE = plan.TEMPLATES / "group_vars" / "demo.yml"
BEFORE = {"region": plan.REGION, "endpoint": "http://127.0.0.1:8181"}
IDS = {"vpc": "vpc-0a1b2c3d", "web_a": "eni-0a1b2c3d", "web_b": "eni-4e5f6a7b"}
PLACES = {"web_a_address": "127.0.1.10", "web_b_address": "127.0.1.11"}
AFTER = {**BEFORE, **IDS, **PLACES, "address": plan.ADDRESS, "port": 8080}


def test_the_inventory_of_the_demo_holds_a_definition_that_is_right() -> None:
    variables = yaml.safe_load(lab.filled(TEMPLATE, AFTER))
    (defined,) = parse(variables["floating_ips"], variables["floating_ip_defaults"])
    assert defined.name == plan.FLOATING_IP
    assert [t.name for t in defined.targets] == list(plan.TARGETS)
    assert [t.probe_address for t in defined.targets] == list(plan.TARGETS.values())
    assert defined.aws.endpoint_url == BEFORE["endpoint"]


def test_before_there_is_a_lab_it_defines_no_floating_ip() -> None:
    assert yaml.safe_load(lab.filled(TEMPLATE, BEFORE))["floating_ips"] == []


def test_a_value_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match="web_b"):
        lab.filled(TEMPLATE, {k: v for k, v in AFTER.items() if k != "web_b"})


def state(**tables: Mapping[str, Any]) -> lab.State:
    named = {"web-a": "eni-a", "web-b": "eni-b"}
    interfaces = {eni: {"tags": {"Name": name}} for name, eni in named.items()}
    return {"route_tables": tables, "network_interfaces": interfaces}


def table(name: str, hop: str | None, gateway: str | None = None) -> Mapping[str, Any]:
    routes = {f"{plan.ADDRESS}/32": {"network_interface_id": hop, "state": "active"}} if hop else {}
    associations = {"rtbassoc-1": {"subnet": None, "gateway": gateway, "main": False}}
    return {"vpc": "vpc-1", "tags": {"Name": name}, "routes": routes, "associations": associations}


def test_who_holds_the_address_is_told_for_every_table_but_gateway_tables() -> None:
    found = state(
        rtb1=table(plan.CLIENT_TABLE, "eni-b"),
        rtb2=table("other", "eni-of-someone"),
        rtb3=table("third", None),
        rtb4=table("edge", None, gateway="igw-1"),
    )
    holders = lab.holders(found, lab.find(found))
    assert holders == {"rtb1": "web-b", "rtb2": "eni-of-someone", "rtb3": None}


def test_a_lab_without_a_client_table_fails_the_step() -> None:
    with pytest.raises(StepFailed, match="0 route_tables with the Name tag client"):
        lab.find(state(rtb1=table("other", None)))


def test_states_that_differ_are_told_apart_in_words() -> None:
    before, after = state(rtb1=table("client", "eni-a")), state(rtb2=table("client", "eni-a"))
    assert lab.difference(before, before) == ""
    assert (
        lab.difference(before, after) == "route_tables left over: rtb2; route_tables missing: rtb1"
    )
    assert lab.difference({}, {"vpcs": {"vpc-1": {}}}) == "vpcs left over: vpc-1"

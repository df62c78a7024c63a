# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What EC2's state means for packets."""

from __future__ import annotations

import copy
from typing import Any

from ansible_collections.netops.floating_ip.tests.lab.fabric import Fabric, Plugged, fabric
from ansible_collections.netops.floating_ip.tests.lab.follow import State, fold, table_of
from ansible_collections.netops.floating_ip.tests.lab.plan import HostPlan

ADDRESS = "100.64.10.10/32"


def interface(instance: str | None, *addresses: str, checked: bool = False) -> dict[str, Any]:
    return {
        "vpc": "vpc-1",
        "subnet": "subnet-1",
        "source_dest_check": checked,
        "instance": instance,
        "addresses": {each: {"primary": each == addresses[0]} for each in addresses},
    }


def route(eni: str | None, state: str = "active") -> dict[str, Any]:
    return {"network_interface_id": eni, "state": state} if eni else {"state": state}


STATE: State = {
    "vpcs": {"vpc-1": {"cidrs": ["10.0.0.0/16"], "ipv6_cidrs": []}},
    "subnets": {
        "subnet-1": {"vpc": "vpc-1", "cidr": "10.0.1.0/24"},
        "subnet-2": {"vpc": "vpc-1", "cidr": "10.0.2.0/24"},
    },
    "route_tables": {
        "rtb-1": {
            "vpc": "vpc-1",
            "associations": {"a-1": {"subnet": "subnet-1", "gateway": None, "main": False}},
            "routes": {"10.0.0.0/16": {"gateway_id": "local", "state": "active"}},
        },
        "rtb-main": {
            "vpc": "vpc-1",
            "associations": {"a-2": {"subnet": None, "gateway": None, "main": True}},
            "routes": {},
        },
        "rtb-other": {
            "vpc": "vpc-2",
            "associations": {"a-3": {"subnet": None, "gateway": None, "main": True}},
            "routes": {},
        },
    },
    "network_interfaces": {
        "eni-1": interface("i-1", "10.0.1.10", "fd12::10"),
        "eni-2": interface("i-1", "10.0.1.20", checked=True),
        "eni-3": interface(None, "10.0.1.30"),
    },
    "instances": {"i-1": {"state": "running", "interfaces": {"0": "eni-1", "1": "eni-2"}}},
}
HOSTS = {"i-1": Plugged(HostPlan("db-a", "10.0.1.10/24", instance_id="i-1"), "fip-x-db-a")}
SECOND = "e-eni-2"


def state() -> State:
    return copy.deepcopy(STATE)


def routed(to: dict[str, Any]) -> Fabric:
    made = state()
    made["route_tables"]["rtb-1"]["routes"][ADDRESS] = to
    return fabric(made, HOSTS)


def test_every_address_of_a_host_leads_to_the_wire_of_its_interface() -> None:
    found = fabric(state(), HOSTS)
    assert found.leads == {"10.0.1.10": "v-db-a", "fd12::10": "v-db-a", "10.0.1.20": SECOND}
    assert found.own == {(link, address) for address, link in found.leads.items()}
    assert found.inside == {"10.0.0.0/16"}


def test_eth0_has_its_wire_and_what_aws_attaches_gets_one() -> None:
    (link, wire), *more = fabric(state(), HOSTS).wires.items()
    assert (link, wire.device, wire.netns, wire.gateway) == (
        SECOND,
        "eth1",
        "fip-x-db-a",
        "10.0.1.1",
    )
    assert wire.addresses == ("10.0.1.20",) and not more


def test_only_interfaces_with_the_check_on_are_checked() -> None:
    assert fabric(state(), HOSTS).checked == {SECOND}


def test_a_route_leads_to_the_wire_of_its_interface() -> None:
    assert routed(route("eni-1")).routes == {("rtb-1", ADDRESS): "v-db-a"}


def test_a_blackhole_and_what_no_host_has_lead_nowhere() -> None:
    for to in (
        route("eni-1", "blackhole"),
        route("eni-3"),
        route(None),
        {"gateway_id": "igw-1", "state": "active"},
    ):
        assert routed(to).routes == {("rtb-1", ADDRESS): ""}


def test_an_instance_that_does_not_run_is_off() -> None:
    made = state()
    made["instances"]["i-1"]["state"] = "stopped"
    assert fabric(made, HOSTS).off == {"v-db-a", SECOND}
    assert fabric(state(), HOSTS).off == set()


def test_a_terminated_instance_has_nothing() -> None:
    made = state()
    del made["instances"]["i-1"]
    assert fabric(made, HOSTS) == fabric(made, {})


def test_a_subnet_goes_by_its_table_or_by_the_main_one_of_its_vpc() -> None:
    assert table_of(STATE, "subnet-1") == "rtb-1"
    assert table_of(STATE, "subnet-2") == "rtb-main"
    assert fabric(state(), HOSTS).tables == {"v-db-a": "rtb-1", SECOND: "rtb-1"}


def event(kind: str, key: str, sub: str, after: Any) -> dict[str, Any]:
    return {"kind": kind, "id": key, "sub": sub, "before": None, "after": after}


def test_events_change_what_they_name() -> None:
    made = state()
    fold(made, event("route", "rtb-1", ADDRESS, route("eni-1")))
    fold(made, event("address", "eni-1", "10.0.1.77", {"primary": False}))
    found = fabric(made, HOSTS)
    assert found.routes[("rtb-1", ADDRESS)] == "v-db-a"
    assert found.leads["10.0.1.77"] == "v-db-a"
    fold(made, event("route", "rtb-1", ADDRESS, None))
    fold(made, event("address", "eni-1", "10.0.1.77", None))
    assert fabric(made, HOSTS) == fabric(state(), HOSTS)


def test_an_object_comes_after_its_details_and_goes_before_them() -> None:
    made = state()
    fold(made, event("address", "eni-9", "10.0.1.90", {"primary": True}))
    fold(made, event("interface", "eni-9", "", {"vpc": "vpc-1", "subnet": "subnet-1"}))
    assert made["network_interfaces"]["eni-9"]["addresses"] == {"10.0.1.90": {"primary": True}}
    fold(made, event("interface", "eni-9", "", None))
    fold(made, event("address", "eni-9", "10.0.1.90", None))
    assert made == STATE


def test_a_reset_leaves_nothing() -> None:
    made = state()
    fold(made, {"kind": "reset"})
    assert fabric(made, HOSTS) == Fabric()

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws import reads
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fakes import (
    Client,
    ec2_of,
    refusal,
)


class Tables:
    """DescribeRouteTables of a VPC with `count` tables, two to a page."""

    def __init__(self, count: int) -> None:
        self.all = [
            {"RouteTableId": f"rtb-{number:04}", "VpcId": "vpc-1"} for number in range(count)
        ]
        self.asked: list[dict[str, Any]] = []

    def describe_route_tables(self, **params: Any) -> dict[str, Any]:
        self.asked.append(params)
        (only,) = params["Filters"]
        key = {"route-table-id": "RouteTableId", "vpc-id": "VpcId"}[only["Name"]]
        found = [table for table in self.all if table[key] in only["Values"]]
        start = int(params.get("NextToken", "0"))
        page = {"RouteTables": found[start : start + 60]}
        return {**page, "NextToken": str(start + 60)} if start + 60 < len(found) else page


def found_ids(found: tuple[Any, ...]) -> list[str]:
    return [item.id for item in found]


def test_tables_are_read_in_chunks_of_a_hundred_and_by_pages() -> None:
    aws = Tables(250)
    ids = [table["RouteTableId"] for table in aws.all]
    tables = reads.route_tables(
        ec2_of(Client(describe_route_tables=aws.describe_route_tables)), 200.0, ids=ids
    )
    assert found_ids(tables) == ids
    assert sorted(len(params["Filters"][0]["Values"]) for params in aws.asked) == [
        50,
        100,
        100,
        100,
        100,
    ]
    assert all(params["MaxResults"] == 100 for params in aws.asked)


def test_a_table_that_is_missing_is_missing_from_the_answer() -> None:
    client = Client(describe_route_tables=Tables(1).describe_route_tables)
    assert found_ids(reads.route_tables(ec2_of(client), 200.0, ids=["rtb-0000", "rtb-gone"])) == [
        "rtb-0000"
    ]


def test_a_table_asked_for_twice_is_found_once() -> None:
    client = Client(describe_route_tables=Tables(3).describe_route_tables)
    tables = reads.route_tables(ec2_of(client), 200.0, ids=["rtb-0001", "rtb-0001"], vpcs=["vpc-1"])
    assert found_ids(tables) == ["rtb-0000", "rtb-0001", "rtb-0002"]
    assert len(client.calls) == 2


def test_nothing_asked_for_is_no_call() -> None:
    ec2 = ec2_of(Client())
    assert reads.route_tables(ec2, 200.0) == ()
    assert reads.interfaces(ec2, 200.0) == ()
    assert reads.interfaces_with(ec2, 200.0, "subnet-1", ()) == ()
    assert reads.interfaces_in(ec2, 200.0, ()) == ()
    assert reads.subnets(ec2, 200.0) == ()
    assert reads.vpcs(ec2, 200.0, ()) == ()


def test_one_chunk_that_fails_fails_the_read() -> None:
    ec2 = ec2_of(Client(describe_route_tables=[refusal("UnauthorizedOperation", status=403)]))
    with pytest.raises(AwsError, match="Allow ec2:"):
        reads.route_tables(ec2, 200.0, ids=[f"rtb-{number}" for number in range(150)])


def filters_of(client: Client) -> list[list[tuple[str, list[str]]]]:
    asked = [
        [(item["Name"], item["Values"]) for item in params["Filters"]]
        for _name, params in client.calls
    ]
    return sorted(asked)


def test_interfaces_are_found_by_id_and_by_instance_in_two_queries() -> None:
    client = Client(
        describe_network_interfaces=[{"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1"}]}]
    )
    found = reads.interfaces(ec2_of(client), 200.0, ids=["eni-1"], instances=["i-2"])
    assert found_ids(found) == ["eni-1"]
    assert filters_of(client) == [
        [("attachment.instance-id", ["i-2"])],
        [("network-interface-id", ["eni-1"])],
    ]


def test_interfaces_are_found_by_subnet_and_by_address() -> None:
    client = Client(describe_network_interfaces=[{"NetworkInterfaces": []}])
    reads.interfaces_in(ec2_of(client), 200.0, ["subnet-1"])
    reads.interfaces_with(ec2_of(client), 200.0, "subnet-1", ["10.0.1.50", "10.0.1.51"])
    addresses = ("addresses.private-ip-address", ["10.0.1.50", "10.0.1.51"])
    assert filters_of(client) == [
        [("subnet-id", ["subnet-1"])],
        [("subnet-id", ["subnet-1"]), addresses],
    ]


def test_subnets_and_vpcs_are_found_by_filter() -> None:
    client = Client(
        describe_subnets=[{"Subnets": [{"SubnetId": "subnet-1"}]}],
        describe_vpcs=[{"Vpcs": [{"VpcId": "vpc-1"}]}],
    )
    assert found_ids(reads.subnets(ec2_of(client), 200.0, ids=["subnet-1"])) == ["subnet-1"]
    assert found_ids(reads.subnets(ec2_of(client), 200.0, vpcs=["vpc-1"])) == ["subnet-1"]
    assert found_ids(reads.vpcs(ec2_of(client), 200.0, ["vpc-1"])) == ["vpc-1"]
    assert filters_of(client) == [
        [("subnet-id", ["subnet-1"])],
        [("vpc-id", ["vpc-1"])],
        [("vpc-id", ["vpc-1"])],
    ]


def test_things_are_found_by_the_keys_of_their_tags() -> None:
    client = Client(describe_route_tables=[{}], describe_network_interfaces=[{}])
    ec2 = ec2_of(client)
    reads.route_tables(ec2, 200.0, tag_keys=["floating-ip:web", "floating-ip:db"])
    reads.interfaces(ec2, 200.0, tag_keys=["floating-ip:*"])
    filters = [params["Filters"] for _name, params in client.calls]
    assert filters == [
        [{"Name": "tag-key", "Values": ["floating-ip:db", "floating-ip:web"]}],
        [{"Name": "tag-key", "Values": ["floating-ip:*"]}],
    ]


def test_the_states_of_instances_are_read_by_id() -> None:
    found = {"InstanceId": "i-1", "State": {"Name": "stopped"}}
    client = Client(describe_instances=[{"Reservations": [{"Instances": [found]}]}])
    assert reads.instance_states(ec2_of(client), 200.0, ["i-1", "i-gone"]) == {"i-1": "stopped"}
    assert reads.instance_states(ec2_of(Client()), 200.0, ()) == {}

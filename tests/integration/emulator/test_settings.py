# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What AWS adds to a bare API, switched on one by one."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

FLOATING = "100.64.10.10/32"


def seconds(function: Any, *args: Any, **params: Any) -> float:
    started = time.monotonic()
    function(*args, **params)
    return time.monotonic() - started


def shown(ec2: Any, net: Any) -> str:
    routes = ec2.describe_route_tables(RouteTableIds=[net.tables[0]])["RouteTables"][0]["Routes"]
    found = [
        each.get("NetworkInterfaceId")
        for each in routes
        if each.get("DestinationCidrBlock") == FLOATING
    ]
    return next((name for name, target in net.targets.items() if [target.eni] == found), "nobody")


def replaced(ec2: Any, route: dict[str, str]) -> str:
    """ok, or the error's code."""
    try:
        ec2.replace_route(**route)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "ok"


def addresses(ec2: Any, instance: str) -> int:
    """How many addresses DescribeInstances shows on the first interface of an instance."""
    found = ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    return len(found["NetworkInterfaces"][0]["PrivateIpAddresses"])


def test_everything_is_off_by_default(emulator: Any) -> None:
    found = emulator.settings()
    assert not any(
        found[name] for name in ("throttling", "lag_seconds", "latency_seconds", "max_skew_seconds")
    )
    with pytest.raises(ValueError, match="Unknown settings"):
        emulator.settings(colour="blue")


def test_the_bucket_of_replace_route_holds_fifty_and_refills(
    ec2: Any, world: Any, emulator: Any
) -> None:
    net = world()
    route = {
        "RouteTableId": net.tables[0],
        "DestinationCidrBlock": FLOATING,
        "NetworkInterfaceId": net.eni("db-a"),
    }
    ec2.create_route(**route)
    emulator.settings(throttling=True, buckets={"ReplaceRoute": [50, 20]})
    started = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _number: replaced(ec2, route), range(120)))
    refilled = 20 * (time.monotonic() - started)
    assert set(outcomes) == {"ok", "RequestLimitExceeded"}
    assert 50 <= outcomes.count("ok") <= 51 + refilled
    time.sleep(0.2)
    assert replaced(ec2, route) == "ok"
    assert len(ec2.describe_route_tables()["RouteTables"]) > 0, "each API has a bucket of its own"


def test_describes_without_filter_have_a_smaller_bucket(ec2: Any, emulator: Any) -> None:
    emulator.settings(throttling=True)
    outcomes = []
    for _time in range(75):
        try:
            ec2.describe_network_interfaces()
            outcomes.append("ok")
        except ClientError:
            outcomes.append("throttled")
    assert outcomes[:50] == ["ok"] * 50
    assert "throttled" in outcomes
    ec2.describe_network_interfaces(MaxResults=5)


def test_describes_lag_behind_for_routes_and_addresses(ec2: Any, world: Any, emulator: Any) -> None:
    net = world(azs=1, tables=1)
    route = {"RouteTableId": net.tables[0], "DestinationCidrBlock": FLOATING}
    ec2.create_route(**route, NetworkInterfaceId=net.eni("db-a"))
    time.sleep(0.5)
    emulator.settings(lag_seconds=0.4)
    assert shown(ec2, net) == "db-a"
    ec2.replace_route(**route, NetworkInterfaceId=net.eni("db-b"))
    ec2.assign_private_ip_addresses(
        NetworkInterfaceId=net.eni("db-a"), PrivateIpAddresses=["10.0.1.200"]
    )
    by_address = [{"Name": "addresses.private-ip-address", "Values": ["10.0.1.200"]}]
    assert shown(ec2, net) == "db-a"
    assert ec2.describe_network_interfaces(Filters=by_address)["NetworkInterfaces"] == []
    assert addresses(ec2, net.targets["db-a"].instance) == 1
    time.sleep(0.5)
    assert shown(ec2, net) == "db-b"
    assert len(ec2.describe_network_interfaces(Filters=by_address)["NetworkInterfaces"]) == 1
    assert addresses(ec2, net.targets["db-a"].instance) == 2


def test_two_changes_within_the_lag_show_in_their_order(
    ec2: Any, world: Any, emulator: Any
) -> None:
    net = world(azs=1, tables=1)
    route = {"RouteTableId": net.tables[0], "DestinationCidrBlock": FLOATING}
    emulator.settings(lag_seconds=0.6)
    ec2.create_route(**route, NetworkInterfaceId=net.eni("db-a"))
    time.sleep(0.3)
    ec2.replace_route(**route, NetworkInterfaceId=net.eni("db-b"))
    assert shown(ec2, net) == "nobody"
    time.sleep(0.4)
    assert shown(ec2, net) == "db-a"
    time.sleep(0.4)
    assert shown(ec2, net) == "db-b"


def test_latency_by_api(ec2: Any, emulator: Any) -> None:
    ec2.describe_vpcs()
    emulator.settings(latency_seconds={"DescribeVpcs": 0.2, ".*": 0})
    assert seconds(ec2.describe_vpcs) >= 0.2
    assert seconds(ec2.describe_subnets) < 0.2


def test_a_handshake_delays_new_connections_only(ec2: Any, emulator: Any, aws: Any) -> None:
    ec2.describe_vpcs()
    emulator.settings(handshake_seconds=0.3)
    assert seconds(ec2.describe_vpcs) < 0.3
    fresh = aws.client("ec2", endpoint_url=emulator.url)
    assert seconds(fresh.describe_vpcs) >= 0.3
    assert seconds(fresh.describe_vpcs) < 0.3


def test_the_date_header_follows_the_clock(ec2: Any, emulator: Any) -> None:
    emulator.clock(3600)
    reply = ec2.describe_vpcs()
    date = parsedate_to_datetime(reply["ResponseMetadata"]["HTTPHeaders"]["date"])
    assert 3590 < date.timestamp() - time.time() < 3610


@pytest.mark.parametrize("offset", [400, -400])
def test_requests_signed_by_a_wrong_clock_are_refused(
    ec2: Any, emulator: Any, refused: Any, aws: Any, offset: float
) -> None:
    emulator.settings(max_skew_seconds=300)
    emulator.clock(offset)
    refused("RequestExpired", ec2.describe_vpcs)
    sts = aws.client("sts", endpoint_url=emulator.url)
    sentence = refused("SignatureDoesNotMatch", sts.get_caller_identity)
    assert sentence.startswith("Signature expired" if offset > 0 else "Signature not yet current")
    emulator.clock(200)
    ec2.describe_vpcs()

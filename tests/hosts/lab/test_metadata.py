# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The metadata service: version 2 alone, in its own host alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.emulator.world import World, network
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until
from ansible_collections.netops.floating_ip.tests.lab.lab import Host, HostPlan, Lab

URL = "http://169.254.169.254/latest"
TOKEN = f"$(curl -sS -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: {{}}' {URL}/api/token)"


@pytest.fixture(scope="module")
def world(lab: Lab) -> World:
    import boto3

    client = boto3.session.Session().client("ec2", endpoint_url=lab.emulator.url)
    made = network(client)
    client.close()
    return made


@pytest.fixture(scope="module")
def host(lab: Lab, world: World) -> Host:
    placed = world.targets["db-a"]
    lab.boot(HostPlan("no-instance", "10.0.1.99/24"))
    made = lab.boot(HostPlan("db-a", f"{placed.address}/24", instance_id=placed.instance))
    made.wait()
    return made


def ask(host: Host, path: str, token: str = TOKEN.format(60)) -> tuple[int, str]:
    """The status and the text."""
    asked = (
        f'curl -sS -m 2 -w "\\n%{{http_code}}" -H "X-aws-ec2-metadata-token: {token}" {URL}/{path}'
    )
    text, _line, code = host.run(asked, check=False).out.rpartition("\n")
    return int(code or 0), text


def test_it_says_who_the_host_is(host: Host, world: World) -> None:
    placed = world.targets["db-a"]
    assert ask(host, "meta-data/instance-id") == (200, placed.instance)
    assert ask(host, "meta-data/placement/region") == (200, "eu-west-1")
    assert ask(host, "meta-data/placement/availability-zone") == (200, world.zones[0])
    assert ask(host, "meta-data/services/partition") == (200, "aws")
    facts = json.loads(ask(host, "dynamic/instance-identity/document")[1])
    assert (facts["instanceId"], facts["region"]) == (placed.instance, "eu-west-1")


def test_it_lists_the_interfaces_that_aws_has_attached(
    lab: Lab, host: Host, world: World, lab_ec2: Any
) -> None:
    placed = world.targets["db-a"]
    macs = "meta-data/network/interfaces/macs"
    mac = host.read("/sys/class/net/eth0/address").strip()
    assert ask(host, f"{macs}/") == (200, f"{mac}/")
    assert ask(host, f"{macs}/{mac}/interface-id") == (200, placed.eni)
    assert ask(host, f"{macs}/{mac}/device-number") == (200, "0")
    assert ask(host, f"{macs}/{mac}/local-ipv4s") == (200, placed.address)
    made = lab_ec2.create_network_interface(SubnetId=placed.subnet)["NetworkInterface"]
    second = made["NetworkInterfaceId"]
    lab_ec2.attach_network_interface(
        NetworkInterfaceId=second, InstanceId=placed.instance, DeviceIndex=1
    )
    listed = ask(host, f"{macs}/")[1].replace("/", "").split()
    found = {ask(host, f"{macs}/{each}/interface-id")[1] for each in listed}
    assert found == {placed.eni, second}


@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_a_token_it_says_nothing(host: Host, token: str) -> None:
    assert ask(host, "meta-data/instance-id", token) == (401, "")


@pytest.mark.parametrize("seconds", ["0", "21601", "soon"])
def test_a_token_has_a_lifetime_that_aws_allows(host: Host, seconds: str) -> None:
    header = f"-H 'X-aws-ec2-metadata-token-ttl-seconds: {seconds}'"
    made = host.run(f"curl -sS -o /dev/null -w %{{http_code}} -X PUT {header} {URL}/api/token")
    assert made.out == "400"


def test_a_token_ends(host: Host) -> None:
    assert ask(host, "meta-data/instance-id", TOKEN.format(1))[0] == 200
    old = host.run(f"echo {TOKEN.format(1)}; sleep 1.1").out.strip()
    assert ask(host, "meta-data/instance-id", old) == (401, "")


def test_its_credentials_work_for_boto3_with_nothing_else_set(lab: Lab, host: Host) -> None:
    asked = (
        "import boto3; print(boto3.client('ec2', 'eu-west-1', endpoint_url='{}').describe_vpcs())"
    )
    told = host.run(["python3", "-c", asked.format(lab.api_url)]).out
    assert "'VpcId'" in told
    last = lab.emulator.calls("DescribeVpcs")[-1]
    assert last["outcome"] == "ok"
    assert lab.emulator.counts()["AssumeRole"] == 1


def test_a_host_that_is_no_instance_has_none(lab: Lab, host: Host) -> None:
    other = lab.hosts["no-instance"]
    other.wait()
    assert ask(other, "meta-data/instance-id")[0] == 0


def test_it_can_fail_and_can_fall_silent(host: Host) -> None:
    assert host.metadata is not None
    host.metadata.fault = "error"
    assert ask(host, "meta-data/instance-id", "x")[0] == 500
    host.metadata.fault = "silent"
    assert ask(host, "meta-data/instance-id", "x")[0] == 0
    host.metadata.fault = ""
    assert ask(host, "meta-data/instance-id")[0] == 200


def test_it_takes_no_port_and_no_address_of_the_host(host: Host) -> None:
    assert "169.254" not in host.run("ip address; ss -ltn").out


def test_it_is_gone_with_the_network(host: Host) -> None:
    host.run("ip link set eth0 down")
    assert ask(host, "meta-data/instance-id", "x")[0] == 0
    host.run("ip link set eth0 up && networkctl reconfigure eth0")
    is_back = until(lambda: ask(host, "meta-data/instance-id", "x")[0] == 401)
    assert is_back, host.run("ip address; ip route; journalctl -u systemd-networkd -n 30").out

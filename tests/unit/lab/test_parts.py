# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The parts of the lab that need no host."""

from __future__ import annotations

import socket
import struct

import pytest

from ansible_collections.netops.floating_ip.tests.lab.dhcp import Dhcp, _options
from ansible_collections.netops.floating_ip.tests.lab.identity import find, meta_data, partition_of
from ansible_collections.netops.floating_ip.tests.lab.image import suites, where
from ansible_collections.netops.floating_ip.tests.lab.plan import STACKS, HostPlan
from ansible_collections.netops.floating_ip.tests.lab.router import link_local
from ansible_collections.netops.floating_ip.tests.lab.stacks import setup_of

PLAN = HostPlan(
    "db-a", "10.0.1.10/24", instance_id="i-1", interfaces={"eni-1": "06:00:00:00:00:01"}
)


def test_a_plan_says_what_follows_from_it() -> None:
    assert (PLAN.ip, PLAN.router, PLAN.mac) == ("10.0.1.10", "10.0.1.1", "06:00:00:00:00:01")
    assert HostPlan("a", "10.0.1.10/24").mac != HostPlan("b", "10.0.1.10/24").mac


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "much-too-long-a-name"}, "1 to 12 characters"),
        ({"name": "a", "stack": "wicked"}, "there is no stack wicked"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(wrong: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        HostPlan(address="10.0.1.10/24", **wrong)


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("leased", [False, True])
def test_every_stack_is_told_the_address_unless_it_asks_for_it(stack: str, leased: bool) -> None:
    setup = setup_of(HostPlan("db-a", "10.0.1.10/24", stack=stack, dhcp=leased))
    told = "".join(setup.files.values())
    assert ("10.0.1.10/24" in told) != (leased and stack != "none")
    assert setup.wanted


def test_the_metadata_is_as_planned_where_aws_knows_nothing() -> None:
    tree = meta_data(PLAN, {})
    macs = "network/interfaces/macs"
    assert find(tree, macs) == "06:00:00:00:00:01/"
    assert find(tree, f"{macs}/06:00:00:00:00:01/interface-id") == "eni-1"
    assert find(tree, f"{macs}/06:00:00:00:00:01/device-number") == "0"
    assert find(tree, "placement/availability-zone") == "eu-west-1a"
    assert find(tree, "no/such") is None


@pytest.mark.parametrize(
    ("region", "partition"),
    [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")],
)
def test_a_region_is_in_a_partition(region: str, partition: str) -> None:
    assert partition_of(region) == partition


def test_a_link_local_address_follows_from_the_mac() -> None:
    assert link_local("06:a4:20:85:ae:a0") == "fe80::4a4:20ff:fe85:aea0"


def test_a_root_file_system_is_named_after_its_suite_and_recipe() -> None:
    assert len({where(suite) for suite in suites()}) == len(suites())


def test_a_lease_is_offered_and_acknowledged_and_nothing_else_is_answered() -> None:
    server = Dhcp.__new__(Dhcp)
    server.seconds, server.granted, server._plan = 60, 0, PLAN
    for kind, answer in ((1, 2), (3, 5)):
        reply = server.reply(message(kind))
        assert reply is not None and reply[4:8] == b"\1\2\3\4"
        assert socket.inet_ntoa(reply[16:20]) == "10.0.1.10"
        options = _options(reply)
        assert options[53][0] == answer and options[51] == struct.pack("!I", 60)
        assert socket.inet_ntoa(options[1]) == "255.255.255.0"
    assert server.granted == 1
    assert server.reply(message(7)) is None


def message(kind: int) -> bytes:
    """A DHCP message of a client without an address, with padding before its options."""
    head = struct.pack("!BBBB", 1, 1, 6, 0) + b"\1\2\3\4" + bytes(20)
    return head + bytes(16) + bytes(192) + b"\x63\x82\x53\x63" + bytes([0, 53, 1, kind, 255])

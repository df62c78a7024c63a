# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The VPC in a box: packets go as EC2 says, and what is forgotten loses packets as on AWS."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.emulator.world import World, network
from ansible_collections.netops.floating_ip.tests.lab.clients import Client
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab
from ansible_collections.netops.floating_ip.tests.lab.placing import plan_of

ADDRESS, ADDRESS6 = "100.64.10.10", "fd99::10"
TARGETS = ("db-a", "db-b")
CLIENTS = ("client-a", "client-b")  # in the zones of db-a and db-b


class Box:
    """A VPC of two zones whose targets are clients, too: nothing here needs systemd."""

    def __init__(self, lab: Lab, ec2: Any) -> None:
        self.lab = lab
        self.ec2 = ec2
        self.vpc = lab.follow()
        self.world: World = network(ec2, targets=(*TARGETS, *CLIENTS), ipv6=True)
        self.at: dict[str, Client] = {}
        for name in self.world.targets:
            self.at[name] = lab.client(plan_of(self.world, name))
        for name in TARGETS:
            lines = (f"address add {ADDRESS}/32 dev lo", f"address add {ADDRESS6}/128 dev lo")
            for line in lines:
                self.at[name].run(["ip", *line.split()])
        for client in self.at.values():
            client.answers()
        for client in self.at.values():
            while client.ask("127.0.0.1") is None:
                pass

    def who(self, name: str, to: str = ADDRESS) -> str | None:
        """Who answers a packet from here; None if it is lost, or its answer is."""
        return self.at[name].ask(to)

    def point(self, to: str, tables: tuple[int, ...] = (0, 1), verb: str = "replace") -> None:
        for table in (self.world.tables[each] for each in tables):
            for family in (
                {"DestinationCidrBlock": f"{ADDRESS}/32"},
                {"DestinationIpv6CidrBlock": f"{ADDRESS6}/128"},
            ):
                call = getattr(self.ec2, f"{verb}_route")
                call(RouteTableId=table, NetworkInterfaceId=self.world.eni(to), **family)
        self.vpc.settle()


@pytest.fixture(scope="module")
def boxed(lab: Lab) -> Iterator[Box]:
    import boto3

    client = boto3.session.Session().client("ec2", endpoint_url=lab.emulator.url)
    box = Box(lab, client)
    box.point("db-a", verb="create")
    yield box
    client.close()


@pytest.fixture
def box(boxed: Box) -> Box:
    """The address at db-a, nothing cut."""
    boxed.lab.cuts.heal()
    boxed.vpc.propagation = 0.0
    boxed.point("db-a")
    return boxed


def test_packets_for_the_address_follow_the_routes(box: Box) -> None:
    assert [box.who(name) for name in CLIENTS] == ["db-a", "db-a"]
    assert box.who("client-a", ADDRESS6) == "db-a"
    box.point("db-b")
    assert [box.who(name) for name in CLIENTS] == ["db-b", "db-b"]
    assert box.who("client-b", ADDRESS6) == "db-b"
    assert box.who("client-a", ADDRESS)


def test_each_subnet_goes_by_its_own_table(box: Box) -> None:
    box.point("db-b", tables=(1,))
    assert [box.who(name) for name in CLIENTS] == ["db-a", "db-b"]


def test_a_subnet_without_an_association_goes_by_the_main_table(box: Box) -> None:
    tables = box.ec2.describe_route_tables(RouteTableIds=[box.world.tables[1]])["RouteTables"]
    association = tables[0]["Associations"][0]["RouteTableAssociationId"]
    box.ec2.disassociate_route_table(AssociationId=association)
    box.vpc.settle()
    assert [box.who(name) for name in CLIENTS] == ["db-a", None]
    box.ec2.associate_route_table(
        RouteTableId=box.world.tables[1], SubnetId=box.world.targets["db-b"].subnet
    )
    box.vpc.settle()
    assert box.who("client-b") == "db-a"


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS6])
def test_with_the_source_dest_check_the_address_is_lost_and_the_own_one_is_not(
    box: Box, address: str
) -> None:
    eni = box.world.eni("db-a")
    box.ec2.modify_network_interface_attribute(
        NetworkInterfaceId=eni, SourceDestCheck={"Value": True}
    )
    box.vpc.settle()
    before = box.lab.router.dropped()
    assert not box.who("client-a", address)
    assert moved(before, box.lab.router.dropped()) == {"strange": 1, "forged": 0}
    back = box.world.targets["client-a"]
    back_to = str(back.ipv6) if ":" in address else back.address
    assert not box.at["db-a"].ask(back_to, source=address)
    assert moved(before, box.lab.router.dropped()) == {"strange": 1, "forged": 1}
    placed = box.world.targets["db-a"]
    assert box.who("client-a", placed.address) and box.who("client-a", str(placed.ipv6))
    box.ec2.modify_network_interface_attribute(
        NetworkInterfaceId=eni, SourceDestCheck={"Value": False}
    )
    box.vpc.settle()
    assert box.who("client-a", address)


def moved(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - before[name] for name in after}


def test_a_secondary_address_goes_where_aws_has_it_not_where_it_is_configured(box: Box) -> None:
    address = "10.0.1.77"
    first, second = (box.world.eni(name) for name in ("db-a", "client-a"))
    for name in ("db-a", "client-a"):
        box.at[name].run(["ip", "address", "add", f"{address}/32", "dev", "lo"])
    assert not box.who("client-b", address)
    box.ec2.assign_private_ip_addresses(NetworkInterfaceId=first, PrivateIpAddresses=[address])
    box.vpc.settle()
    assert box.who("client-b", address) == "db-a"
    box.ec2.assign_private_ip_addresses(
        NetworkInterfaceId=second, PrivateIpAddresses=[address], AllowReassignment=True
    )
    box.vpc.settle()
    assert box.who("client-b", address) == "client-a"
    box.ec2.unassign_private_ip_addresses(NetworkInterfaceId=second, PrivateIpAddresses=[address])
    box.vpc.settle()
    assert not box.who("client-b", address)


def test_an_interface_goes_from_host_to_host_with_its_addresses(box: Box) -> None:
    made = box.ec2.create_network_interface(SubnetId=box.world.targets["db-a"].subnet)
    eni, address = (
        made["NetworkInterface"][key] for key in ("NetworkInterfaceId", "PrivateIpAddress")
    )
    macs = []
    for name in ("db-a", "client-a"):
        done = box.ec2.attach_network_interface(
            NetworkInterfaceId=eni, InstanceId=box.world.targets[name].instance, DeviceIndex=1
        )
        box.vpc.settle()
        box.at[name].run(["ip", "link", "set", "eth1", "up"])
        box.at[name].run(["ip", "address", "add", f"{address}/32", "dev", "eth1"])
        shown = box.at[name].run(["ip", "-brief", "link", "show", "eth1"]).out
        macs.append(shown.split()[2])
        assert box.who("client-b", address)
        box.ec2.detach_network_interface(AttachmentId=done["AttachmentId"])
        box.vpc.settle()
        assert box.at[name].run(["ip", "link", "show", "eth1"], check=False).code != 0
        assert not box.who("client-b", address)
    assert macs[0] == macs[1]


def test_a_stopped_instance_is_off_the_network(box: Box) -> None:
    placed = box.world.targets["db-a"]
    box.ec2.stop_instances(InstanceIds=[placed.instance])
    box.vpc.settle()
    assert not box.who("client-a", placed.address)
    assert not box.who("client-a", ADDRESS)
    box.ec2.start_instances(InstanceIds=[placed.instance])
    box.vpc.settle()
    assert box.who("client-a", placed.address)
    assert box.who("client-a", ADDRESS)


def test_a_change_takes_effect_after_the_propagation_delay(box: Box) -> None:
    box.vpc.propagation = 0.4
    eni = box.world.eni("db-b")
    started = time.monotonic()
    box.ec2.replace_route(
        RouteTableId=box.world.tables[0],
        DestinationCidrBlock=f"{ADDRESS}/32",
        NetworkInterfaceId=eni,
    )
    assert box.who("client-a") == "db-a"
    while box.who("client-a") == "db-a" and time.monotonic() < started + 3:
        time.sleep(0.01)
    assert 0.4 <= time.monotonic() - started < 0.8
    box.vpc.settle()
    assert box.who("client-a") == "db-b"


def test_what_is_cut_is_cut_in_one_direction_or_both(box: Box) -> None:
    cuts, (first, second) = box.lab.cuts, (box.world.targets[name] for name in TARGETS)
    cuts.cut("client-a", "db-a")
    assert cuts.now == (("client-a", "db-a"), ("db-a", "client-a"))
    assert not box.who("client-a", first.address)
    assert box.who("client-a", second.address) and box.who("client-b", first.address)
    cuts.heal("client-a")
    assert box.who("client-a", first.address)
    cuts.cut("db-a", "client-a", one_way=True)
    assert not box.who("client-a", ADDRESS)
    assert cuts.now == (("db-a", "client-a"),)
    cuts.heal("client-a", "db-a")
    assert cuts.now == () and box.who("client-a", ADDRESS)


@pytest.mark.parametrize("pair", [("db-a", "aws"), ("aws", "db-a")])
@pytest.mark.parametrize("one_way", [True, False])
def test_a_host_is_cut_off_from_aws_alone(box: Box, pair: tuple[str, str], one_way: bool) -> None:
    asked = ["curl", "-sS", "-m", "0.3", f"{box.lab.api_url}/_control/clock"]
    box.lab.cuts.cut(*pair, one_way=one_way)
    assert box.at["db-a"].run(asked, check=False).code != 0
    assert box.who("client-a", ADDRESS)
    assert box.at["db-b"].run(asked).code == 0
    box.lab.cuts.heal()
    assert box.at["db-a"].run(asked).code == 0


def test_what_leads_nowhere_vanishes_without_a_word(box: Box) -> None:
    for address in ("10.0.200.200", "203.0.113.1"):
        asked = ["curl", "-sS", "-m", "0.3", f"http://{address}"]
        assert "timed out" in box.at["client-a"].run(asked, check=False).err

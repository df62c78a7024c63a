# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What AWS does to instances and interfaces: stopped, detached, terminated."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ansible_collections.netops.floating_ip.tests.emulator.world import IMAGE
from ansible_collections.netops.floating_ip.tests.hosts.faults.another import (
    Wanted,
    metered,
    watched,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.chronicle import Chronicle
from ansible_collections.netops.floating_ip.tests.hosts.faults.floating import Floating
from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import (
    MARGIN,
    Note,
    Scene,
    assert_left_once,
    assert_story,
    judge,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import Stage
from ansible_collections.netops.floating_ip.tests.lab import box
from ansible_collections.netops.floating_ip.tests.lab.box import PORT, TARGETS
from ansible_collections.netops.floating_ip.tests.lab.clients import Client
from ansible_collections.netops.floating_ip.tests.lab.echo import PORT as ECHO_PORT
from ansible_collections.netops.floating_ip.tests.lab.plan import HostPlan, mac_of

SPARE, SECOND = "spare", "second"  # targets: an instance, and another interface of it


@pytest.mark.parametrize("is_blackhole", [True, False], ids=["a blackhole", "no blackhole"])
def test_a_stopped_instance_is_left_whether_its_routes_are_a_blackhole_or_not(
    is_blackhole: bool, scene: Scene
) -> None:
    stage = scene.stage
    stage.emulator.settings(stopped_is_blackhole=is_blackhole)
    instances = [str(stage.hosts[scene.holder].plan.instance_id)]
    stage.ec2.stop_instances(InstanceIds=instances)
    try:
        assert_left_once(scene)
    finally:
        stage.ec2.start_instances(InstanceIds=instances)
    assert_story(scene, scene.standby, beside=("StopInstances", "StartInstances"))
    stage.forget_fights()


@dataclass(frozen=True)
class Spare:
    """An instance without a monitor, with two interfaces."""

    client: Client
    instance: str
    interfaces: dict[str, str]  # by the target that each is
    addresses: dict[str, str]


@pytest.fixture(scope="module")
def spare(stage: Stage) -> Spare:
    made = launched(stage)
    for interface in made.interfaces.values():
        stage.ec2.modify_network_interface_attribute(
            NetworkInterfaceId=interface, SourceDestCheck={"Value": False}
        )
    attach(stage, made)
    serving = [str(Path(box.__file__).with_name("service.py")), SPARE, str(PORT)]
    made.client.spawn([sys.executable, *serving])
    made.client.run(["ip", "link", "set", "lo", "up"])
    return made


def launched(stage: Stage) -> Spare:
    """A new instance, and an interface that is to be its second one."""
    subnet = stage.site.world.subnets[0]
    ran = stage.ec2.run_instances(
        ImageId=IMAGE, InstanceType="t3.micro", MinCount=1, MaxCount=1, SubnetId=subnet
    )
    instance = ran["Instances"][0]
    first = instance["NetworkInterfaces"][0]["NetworkInterfaceId"]
    address, own = instance["PrivateIpAddress"], str(instance["InstanceId"])
    at = f"{address}/24"
    plan = HostPlan(SPARE, at, instance_id=own, interfaces={first: mac_of(SPARE)})
    more = stage.ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]
    return Spare(
        stage.lab.client(plan),
        own,
        {SPARE: first, SECOND: more["NetworkInterfaceId"]},
        {SPARE: address, SECOND: more["PrivateIpAddress"]},
    )


def attach(stage: Stage, spare: Spare) -> str:
    """Attach its second interface and configure it; the attachment."""
    done = stage.ec2.attach_network_interface(
        NetworkInterfaceId=spare.interfaces[SECOND], InstanceId=spare.instance, DeviceIndex=1
    )
    stage.site.vpc.settle()
    for line in ("link set eth1 up", f"address add {spare.addresses[SECOND]}/32 dev eth1"):
        spare.client.run(["ip", *line.split()])
    return str(done["AttachmentId"])


@pytest.fixture
def shared(request: pytest.FixtureRequest, stage: Stage, spare: Spare) -> Iterator[Floating]:
    """A floating IP that one of the spare's interfaces holds, and that db-a could take."""
    held_by, number = request.param
    host = TARGETS[0]
    interfaces = {held_by: spare.interfaces[held_by], host: stage.db.targets[host]}
    tables = tuple(stage.site.world.tables)
    made = Floating(held_by, f"100.64.10.{number}", tables, interfaces, (host,))
    addresses = {held_by: spare.addresses[held_by], host: stage.hosts[host].plan.ip}
    spare.client.run(["ip", "address", "replace", made.destination, "dev", "lo"])
    with watched(stage, made, Wanted(addresses, held_by, port=PORT)) as floating:
        yield floating


@pytest.mark.parametrize("shared", [(SECOND, 41)], ids=["detached"], indirect=True)
def test_an_interface_that_is_detached_is_left_and_takes_nothing_back(
    shared: Floating, stage: Stage, spare: Spare, note: Note
) -> None:
    (found,) = stage.ec2.describe_network_interfaces(
        NetworkInterfaceIds=[spare.interfaces[SECOND]]
    )["NetworkInterfaces"]
    with metered(stage, shared, ECHO_PORT) as meter:
        told = Chronicle(stage.emulator, shared)
        stage.ec2.detach_network_interface(AttachmentId=found["Attachment"]["AttachmentId"])
        told.await_led(shared, TARGETS[0], said=stage.tell)
        judge(stage, note, [meter], told.began, stage.limit() + MARGIN)
    attach(stage, spare)
    assert stage.await_calm(shared) == (TARGETS[0], SECOND)
    told.await_led(shared, TARGETS[0])
    assert told.strange(("DetachNetworkInterface", "AttachNetworkInterface")) == []


@pytest.mark.parametrize("shared", [(SPARE, 42)], ids=["terminated"], indirect=True)
def test_a_terminated_instance_is_left_and_its_interface_gone_for_good(
    shared: Floating, stage: Stage, spare: Spare, note: Note
) -> None:
    """The last one: nothing brings the spare back."""
    with metered(stage, shared, ECHO_PORT) as meter:
        told = Chronicle(stage.emulator, shared)
        stage.ec2.terminate_instances(InstanceIds=[spare.instance])
        told.await_led(shared, TARGETS[0], said=stage.tell)
        judge(stage, note, [meter], told.began, stage.limit() + MARGIN)
    stage.await_said(TARGETS[0], shared, f"{TARGETS[0]} holds it and is up")
    told.await_led(shared, TARGETS[0])
    assert told.strange(("TerminateInstances",)) == []

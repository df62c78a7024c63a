# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`stage`: one deployed site for each worker. `scene`: all is calm, and is mended afterwards."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Generator, Iterator
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.faults.floating import Floating
from ansible_collections.netops.floating_ip.tests.hosts.faults.invariants import (
    Note,
    Scene,
)
from ansible_collections.netops.floating_ip.tests.hosts.faults.meters import Meter
from ansible_collections.netops.floating_ip.tests.hosts.faults.stage import (
    ASIDE,
    ASIDE_ECHO,
    ASIDE_PORT,
    POLICY,
    PROBE,
    PROPAGATION,
    TABLES,
    Stage,
    floating_of,
)
from ansible_collections.netops.floating_ip.tests.hosts.starving import TooBusy, feeling_it
from ansible_collections.netops.floating_ip.tests.lab.box import (
    ADDRESS,
    CLIENTS,
    TARGETS,
    Layout,
    Site,
    serve,
)
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab
from ansible_collections.netops.floating_ip.tests.rooted import need_root

STRANGERS = ("100.64.99.1/32", "100.64.99.2/32")  # other people's routes to our interfaces


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    need_root()
    with Lab.start() as made:
        yield made


@pytest.fixture(scope="session")
def stage(lab: Lab, aws: Any) -> Iterator[Stage]:
    definition = {"probe": PROBE, "policy": POLICY}
    site = Site.build(lab, Layout(tables=TABLES, definition=definition))
    for name in TARGETS:
        serve(site.hosts[name], ASIDE, ASIDE_PORT, ASIDE_ECHO)
    site.vpc.propagation = PROPAGATION
    client = aws.client("ec2", endpoint_url=lab.emulator.url)
    let_others_be_there(site, client)
    site.play("deploy")
    folder = lab.places.directory
    meters = tuple(Meter.begin(site.clients[name], ADDRESS, folder) for name in CLIENTS)
    with feeling_it() as starved:
        yield Stage(site, client, meters, floating_of(site), starved)
    client.close()


def let_others_be_there(site: Site, client: Any) -> None:
    """Routes that are not ours: other addresses in our tables, our address in another's table."""
    for table in site.world.tables:
        for destination, target in zip(STRANGERS, TARGETS, strict=True):
            client.create_route(
                RouteTableId=table,
                DestinationCidrBlock=destination,
                NetworkInterfaceId=site.world.eni(target),
            )
    foreign = client.create_route_table(VpcId=site.world.vpc)["RouteTable"]["RouteTableId"]
    client.create_route(
        RouteTableId=foreign,
        DestinationCidrBlock=f"{ADDRESS}/32",
        NetworkInterfaceId=site.world.eni(TARGETS[1]),
    )


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Note:
    """Put a figure of milliseconds into the JUnit report."""
    return lambda name, figure: request.node.user_properties.append((name, round(figure)))


@pytest.fixture
def scene(stage: Stage, note: Note) -> Iterator[Scene]:
    """Both targets up, and seen up since the holder has it; afterwards everything is mended."""
    yield calm(stage, note)
    if not stage.is_mended:
        stage.mend()


def calm(stage: Stage, note: Note) -> Scene:
    holder, standby = stage.await_scene()
    return Scene(stage, holder, standby, stage.chronicle(), note)


class TooBusyWarning(UserWarning):
    """Shown at the end of a run."""


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """A test that this machine was too busy for is played once more, where nothing else is staged.

    If that does not help, it is skipped: under CI that is a failure.
    """
    try:
        return (yield)
    except TooBusy as busy:
        with warnings.catch_warnings():
            warnings.simplefilter("always", TooBusyWarning)  # elsewhere a warning is an error
            warnings.warn(f"{pyfuncitem.name}: {busy}", TooBusyWarning, stacklevel=1)
        if not _play_again(pyfuncitem):
            pytest.skip(str(busy))
    return True


def _play_again(item: pytest.Function) -> bool:
    """Whether it could be judged this time."""
    values = {name: item.funcargs[name] for name in inspect.signature(item.obj).parameters}
    if "scene" not in values or any(isinstance(one, Floating) for one in values.values()):
        return False
    stage, note = values["scene"].stage, values["scene"].note
    stage.mend()
    stage.forget_fights()
    values["scene"] = calm(stage, note)
    try:
        item.obj(**values)
    except TooBusy:
        return False
    return True

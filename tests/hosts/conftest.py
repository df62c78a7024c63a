# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures for tests on real hosts: `lab`, `site` (one for each test file), `plain`, `lab_ec2`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from ansible_collections.netops.floating_ip.tests.bench.ground import Ground
from ansible_collections.netops.floating_ip.tests.lab.box import Site
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab
from ansible_collections.netops.floating_ip.tests.rooted import need_root

# What shares hosts, beyond a file: one worker runs all of it. By file or by folder.
SHARING = {
    "alias/test_deploy.py": "alias",
    "alias/test_happenings.py": "alias",
    "alias/test_holder.py": "alias",
    "alias/test_service.py": "alias",
    "detection/test_measured.py": "plain",
    "faults/test_around.py": "faults, one half",
    "faults/test_cuts.py": "faults, one half",
    "faults/test_kills.py": "faults, one half",
    "faults/test_people.py": "faults, one half",
    "faults/test_targets.py": "faults, one half",
    "faults/test_both.py": "faults, the other half",
    "faults/test_ec2.py": "faults, the other half",
    "faults/test_instances.py": "faults, the other half",
    "faults/test_many_tables.py": "faults, the other half",
    "faults/test_upgrade.py": "faults, the other half",
    "lab/test_site.py": "plain",
    "monitor": "monitor",
}
# What takes longest begins first, so that no worker is left with it alone in the end. Faults wait
# most of the time, and the others work: so the halves of the faults do not begin together.
LONGEST = (
    "faults, one half",
    "drill/test_drill.py",
    "drill/test_unattended.py",
    "monitor",
    "runbooks/test_runbooks.py",
    "faults, the other half",
    "alias",
    "alias/test_changes.py",
    "runbooks/test_over_ssh.py",
)


def scope_of(nodeid: str) -> str:
    """What is run by one worker."""
    folder, name = nodeid.partition("::")[0].split("/")[-2:]
    file = f"{folder}/{name}"
    return SHARING.get(file) or SHARING.get(folder, file)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {scope: place for place, scope in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(scope_of(item.nodeid), len(LONGEST)))


class ByHosts(LoadScopeScheduling):
    """Sends the tests that share hosts to one worker.

    xdist's own groups set an attribute that this pytest has no more, and so group nothing.
    """

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByHosts:
    config.option.loadscopereorder = False  # as above
    return ByHosts(config, log)


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """A lab without hosts. The environment leads Ansible and boto3 to it while it lives."""
    need_root()
    with Lab.start() as made, pytest.MonkeyPatch.context() as patch:
        for name, value in made.environment().items():
            patch.setenv(name, value)
        yield made


@pytest.fixture(scope="module")
def site(lab: Lab) -> Site:
    """A VPC with two targets that serve and two clients; nothing of ours is deployed yet."""
    return Site.build(lab)


@pytest.fixture(scope="session")
def plain() -> Iterator[Ground]:
    """Such a site with a floating IP deployed, at the defaults: for what leaves it as it was."""
    need_root()
    with Lab.start() as made:
        ground = Ground.build(made)
        ground.deploy()
        yield ground


@pytest.fixture
def lab_ec2(lab: Lab) -> Iterator[Any]:
    """A boto3 EC2 client of the lab's AWS, from the controller's side."""
    import boto3

    client = boto3.session.Session().client("ec2", endpoint_url=lab.emulator.url)
    yield client
    client.close()

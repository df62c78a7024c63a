# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`pair`: two hosts of two distributions with the role applied. `bare`: two without, offline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.monitor.site import (
    PROBES,
    SUITES,
    Played,
    Site,
    status,
)
from ansible_collections.netops.floating_ip.tests.hosts.monitor.wheels import make_wheels
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab
from ansible_collections.netops.floating_ip.tests.rooted import need_root


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    """One for all files here: to install the pair takes longer than to test it."""
    need_root()
    with Lab.start() as lab:
        yield lab


@pytest.fixture(scope="session")
def session_ec2(lab: Lab, aws: Any) -> Any:
    return aws.client("ec2", endpoint_url=lab.emulator.url)


@dataclass
class Pair:
    """The hosts, and how the role came to be on them: a dry run, a first run, a second one."""

    site: Site
    predicted: Played
    bare_after: str
    first: Played
    second: Played


@pytest.fixture(scope="session")
def pair(lab: Lab, session_ec2: Any, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """One floating IP for each kind of probe, all of them held by db-a."""
    site = Site.make(lab, tmp_path_factory.mktemp("pair"), session_ec2, SUITES)
    site.variables["floating_ips"] = [
        site.definition(name, number, probe=dict(probe))
        for number, (name, probe) in enumerate(PROBES.items(), 10)
    ]
    for number in range(10, 10 + len(PROBES)):
        site.point(number, "db-a")
    predicted = site.deploy("--check", "--diff")
    left = "ls -d /opt/floating-ip /etc/floating-ip /var/lib/floating-ip /usr/local/bin/floating-ip"
    bare = "".join(host.run(left, check=False).out for host in site.hosts.values())
    return Pair(site, predicted, bare, site.deploy(), site.deploy())


@pytest.fixture
def site(pair: Pair) -> Site:
    """The pair with every monitor up, and every target up as each of them sees it."""
    assert pair.first.code == 0, pair.first.output
    for host in pair.site.hosts.values():
        assert until(lambda host=host: _is_content(status(host))), status(host)
    return pair.site


def _is_content(found: dict[str, Any]) -> bool:
    return bool(found) and all(
        one["monitor"] == "running" and set(one["health"].values()) == {"up"}
        for one in found.values()
    )


@pytest.fixture(scope="session")
def bare(lab: Lab, session_ec2: Any, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Two hosts that were never deployed to; web-a has no boto3, but a folder of wheels."""
    site = Site.make(
        lab,
        tmp_path_factory.mktemp("bare"),
        session_ec2,
        {"web-a": "bookworm", "web-b": "bookworm"},
    )
    make_wheels(site.folder / "wheels")
    host = site.hosts["web-a"]
    host.run("dpkg --purge --force-depends python3-boto3 python3-botocore python3-s3transfer")
    host.run("rm -rf /usr/lib/python3/dist-packages/boto*")  # compiled files that it left
    return site

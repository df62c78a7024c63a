# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`applied`: a host of each stack with the role on it. `changing`: two that tests may change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.alias.site import (
    CHANGING,
    KINDS,
    Played,
    Site,
    tables,
)
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab
from ansible_collections.netops.floating_ip.tests.rooted import need_root


@dataclass
class Applied:
    """The hosts, and how the role came to be there: a dry run, a first run, a second one."""

    site: Site
    predicted: Played
    bare_after: dict[str, str]  # the tables of hosts after the dry run
    first: Played
    own_gaps: dict[str, float]  # how long each host's own addresses were silent meanwhile
    second: Played


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    """One for all files here."""
    need_root()
    with Lab.start() as lab:
        yield lab


@pytest.fixture(scope="session")
def applied(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Applied:
    site = Site.make(lab, tmp_path_factory.mktemp("applied"), KINDS, lease=6)
    predicted = site.deploy("--check", "--diff")
    bare_after = tables(site)
    first, own_gaps = site.deploy_and_measure()
    return Applied(site, predicted, bare_after, first, own_gaps, site.deploy())


@pytest.fixture(scope="session")
def changing(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site.make(lab, tmp_path_factory.mktemp("changing"), CHANGING, first=20)

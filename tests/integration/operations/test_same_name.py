# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two environments of one account and Region use one name: neither touches the other's things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    RouteTables,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.provision import (
    orphans,
    plan,
)
from ansible_collections.netops.floating_ip.tests.integration.operations.steps import (
    absent,
    deploy,
    is_unchanged,
    problems_of,
)


def test_a_deploy_and_a_teardown_leave_the_other_vpc_alone(
    site: Any, world: Callable[..., Any], emulator: Any
) -> None:
    ours, theirs = world(source_dest_check=True), world(source_dest_check=True, cidr="10.1.0.0/16")
    deploy(site.edge, [site.definition(theirs)])
    before = emulator.state()
    deploy(site.edge, [site.definition(ours)])
    (planned,) = plan(site.edge, [site.definition(ours)])
    assert f"also found in {theirs.vpc}" in " ".join(planned.warnings)
    assert is_unchanged(deploy(site.edge, [site.definition(theirs)]))
    deploy(site.edge, absent(site.definition(ours)))
    assert emulator.state() == before


def test_a_teardown_of_what_is_gone_asks_which_vpc_is_meant(
    site: Any, world: Callable[..., Any], emulator: Any
) -> None:
    ours, theirs = world(), world(cidr="10.1.0.0/16")
    deploy(site.edge, [site.definition(theirs)])
    deploy(site.edge, [site.definition(ours)])
    lost = tuple(
        replace(one, network_interface_id=f"eni-0000000000000000{number}")
        for number, one in enumerate(site.definition(ours).targets)
    )
    tables = RouteTables(ids=("rtb-00000000",))
    definition = site.definition(ours, targets=lost, route_tables=tables)
    before = emulator.state()
    problem = problems_of(site.edge, *absent(definition))
    assert ours.vpc in problem and theirs.vpc in problem and "route_tables.vpc_id" in problem
    assert emulator.state() == before


def test_what_another_environment_has_in_its_own_vpc_is_no_orphan(
    site: Any, world: Callable[..., Any]
) -> None:
    ours, theirs = world(), world(cidr="10.1.0.0/16")
    deploy(site.edge, [site.definition(theirs, "web", addresses=("100.64.10.11",))])
    gone = site.definition(ours, "old", addresses=("100.64.10.12",))
    deploy(site.edge, [site.definition(ours), gone])
    (sentence,) = orphans(site.edge, [site.definition(ours)])
    assert "Floating IP old is in no definition" in sentence

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Info against the emulator: what is there, what disagrees, and whether a failover would work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Aws,
    FloatingIp,
    RouteTables,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Failure
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.info import (
    entry_of,
    info,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.provision import (
    plan,
    provision,
)

BLOCK = "100.64.10.10/32"


@pytest.fixture
def net(world: Callable[..., Any]) -> Any:
    return world(tables=2, source_dest_check=True)


@pytest.fixture
def deployed(site: Any, net: Any) -> FloatingIp:
    definition: FloatingIp = site.definition(net)
    (done,) = provision(site.edge, plan(site.edge, [definition]))
    assert not done.is_partial
    return definition


def entry(site: Any, definition: FloatingIp, **more: bool) -> dict[str, Any]:
    (one,) = info(site.edge, [definition], **more)
    return entry_of(one)


def verdicts(found: dict[str, Any]) -> dict[str, Any]:
    return {check["check"]: check["ok"] for check in found["readiness"]}


def test_a_deployed_address_is_held_covered_and_ready(
    site: Any, net: Any, deployed: FloatingIp, emulator: Any
) -> None:
    before = emulator.state()
    found = entry(site, deployed, permissions=True)
    assert (found["holder"], found["holding"], found["ready"]) == ("db-a", "held", True)
    assert (found["drift"], found["blackholes"], found["findings"]) == ([], [], [])
    assert verdicts(found) == dict.fromkeys(
        (
            "holder",
            "targets",
            "source_dest_check",
            "instances",
            "zones",
            "tags",
            "stale",
            "permissions",
            "objective",
        ),
        True,
    )
    assert emulator.state() == before


def test_targets_and_subnets_are_described(site: Any, net: Any, deployed: FloatingIp) -> None:
    found = entry(site, deployed)
    placed = net.targets["db-a"]
    assert found["targets"][0] == {
        "name": "db-a",
        "network_interface_id": placed.eni,
        "instance_id": placed.instance,
        "address": placed.address,
        "source_dest_check": False,
        "holds": True,
        "error": None,
    }
    assert [(each["subnet_id"], each["covered"]) for each in found["coverage"]] == [
        (subnet, True) for subnet in sorted(net.subnets)
    ]


def test_a_bare_network_is_absent_and_not_ready(site: Any, net: Any) -> None:
    found = entry(site, site.definition(net))
    assert (found["holder"], found["holding"], found["ready"]) == (None, "absent", False)
    assert verdicts(found)["source_dest_check"] is False
    assert verdicts(found)["tags"] is None
    assert not any(each["covered"] for each in found["coverage"])


def test_drift_and_a_subnet_that_is_not_reached_are_shown(
    site: Any, world: Callable[..., Any], ec2: Any
) -> None:
    net = world(tables=3, subnets=4)
    definition = site.definition(net, route_tables=RouteTables(ids=net.tables))
    provision(site.edge, plan(site.edge, [definition]))
    ec2.replace_route(
        RouteTableId=net.tables[2],
        DestinationCidrBlock=BLOCK,
        NetworkInterfaceId=net.eni("db-b"),
    )
    found = entry(site, definition)
    assert (found["holder"], found["holding"]) == (None, "split")
    assert [(each["id"], each["target"]) for each in found["drift"]] == [(net.tables[2], "db-b")]
    uncovered = [each for each in found["coverage"] if not each["covered"]]
    assert [(each["subnet_id"], each["route_table_id"]) for each in uncovered] == [
        (net.subnets[3], net.main_table)
    ]


def test_a_stopped_holder_is_a_blackhole_and_not_ready(
    site: Any, net: Any, deployed: FloatingIp, ec2: Any
) -> None:
    ec2.stop_instances(InstanceIds=[net.targets["db-a"].instance])
    found = entry(site, deployed)
    assert len(found["blackholes"]) == 2
    assert verdicts(found)["holder"] is False
    assert verdicts(found)["instances"] is False


def test_missing_rights_are_told_and_change_nothing(
    site: Any, net: Any, deployed: FloatingIp, emulator: Any
) -> None:
    emulator.fault("error", "ReplaceRoute", code="UnauthorizedOperation", status=403, count=None)
    emulator.fault("error", "DescribeInstances", code="UnauthorizedOperation", status=403)
    found = entry(site, deployed, permissions=True)
    (check,) = [each for each in found["readiness"] if each["check"] == "permissions"]
    assert check["ok"] is False
    assert "Allow ec2:ReplaceRoute" in check["text"]
    assert verdicts(found)["instances"] is None
    assert "permissions" not in verdicts(entry(site, deployed))


def test_a_target_that_is_gone_and_an_older_table_are_told(
    site: Any, net: Any, deployed: FloatingIp
) -> None:
    gone = Target("db-x", network_interface_id="eni-0123456789abcdef0")
    changed = replace(
        deployed,
        targets=(*deployed.targets, gone),
        route_tables=RouteTables(ids=net.tables[:1]),
    )
    found = entry(site, changed)
    assert "does not exist" in found["targets"][2]["error"]
    assert verdicts(found)["targets"] is False
    (stale,) = [each for each in found["readiness"] if each["check"] == "stale"]
    assert net.tables[1] in stale["text"]
    assert len(found["findings"]) == 1


def test_without_readiness_only_the_holder_is_judged(site: Any, deployed: FloatingIp) -> None:
    found = entry(site, deployed, readiness=False)
    assert (found["readiness"], found["ready"]) == ([], True)


def test_what_cannot_be_read_is_unreadable_and_harms_no_other(
    site: Any, net: Any, deployed: FloatingIp
) -> None:
    def ec2_for(aws: Aws) -> Any:
        if aws.region == "eu-west-1":
            return site.edge.ec2_for(aws)
        raise AwsError(Failure.UNSENT, "NoCredentialsError", "Connect", "Nothing was sent.")

    away = replace(deployed, name="away", aws=Aws(region="eu-north-1"))
    one, other = info(Edge(ec2_for), [away, deployed])
    assert (entry_of(one)["holding"], one.ready) == ("unreadable", False)
    assert entry_of(one)["error"] == "Nothing was sent."
    assert (other.holder, other.ready) == ("db-a", True)


def test_a_secondary_address_has_no_coverage_and_one_zone(
    site: Any, world: Callable[..., Any]
) -> None:
    net = world(azs=1)
    address = net.targets["db-a"].address.rsplit(".", 1)[0] + ".200"
    definition = site.definition(
        net, addresses=(address,), mechanism="secondary_ip", route_tables=RouteTables()
    )
    provision(site.edge, plan(site.edge, [definition]))
    found = entry(site, definition, permissions=True)
    assert (found["holder"], found["coverage"], found["ready"]) == ("db-a", [], True)
    assert (verdicts(found)["zones"], verdicts(found)["permissions"]) == (None, None)
    assert "source_dest_check" not in verdicts(found)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The monitor with every mechanism: both IP versions as one unit, secondary addresses."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.emulator.world import World
from ansible_collections.netops.floating_ip.tests.integration.agent.program import (
    POLICY,
    PROBE,
    Agent,
)
from ansible_collections.netops.floating_ip.tests.integration.agent.surroundings import (
    PROBED,
    Services,
    wait_until,
)

BOTH = ("100.64.20.20", "fd00:100:64::20")
SECONDARY = "10.0.1.200"
KEYS = {"/32": "DestinationCidrBlock", "/128": "DestinationIpv6CidrBlock"}


def write(agent: Agent, lab: World, port: int, **more: Any) -> None:
    """The one definition of the agent, `db`, for the targets of this lab."""
    targets = [
        {"name": name, "network_interface_id": lab.eni(name), "probe_address": address}
        for name, address in PROBED.items()
    ]
    common = {"name": "db", "targets": targets, "probe": {**PROBE, "port": port}, "policy": POLICY}
    text = json.dumps({**common, **more})
    (agent.definitions / "db.json").write_text(text, encoding="utf-8")


def leads_to(ec2: Any, table: str) -> dict[str, str]:
    """Where the host routes to both addresses lead in one table."""
    routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    by_block = {route.get(key): route for route in routes for key in KEYS.values()}
    blocks = {f"{BOTH[0]}/32", f"{BOTH[1]}/128"} & set(by_block)
    return {block: by_block[block]["NetworkInterfaceId"] for block in blocks}


def test_an_ipv4_and_an_ipv6_address_move_as_one_unit(
    agent: Agent, services: Services, ec2: Any, lab: World
) -> None:
    write(agent, lab, services.port, addresses=list(BOTH), route_tables={"ids": list(lab.tables)})
    agent.monitor()
    assigned = {f"{BOTH[0]}/32": lab.eni("db-a"), f"{BOTH[1]}/128": lab.eni("db-a")}
    wait_until(
        "the addresses that nobody held are given to db-a",
        lambda: all(leads_to(ec2, table) == assigned for table in lab.tables),
    )
    services.stop("db-a")
    moved = dict.fromkeys(assigned, lab.eni("db-b"))
    wait_until(
        "every table leads both to db-b",
        lambda: all(leads_to(ec2, table) == moved for table in lab.tables),
    )
    wait_until("both moves are told", lambda: len(agent.events(Kind.MOVED)) == 2)
    assert len(agent.events(Kind.CELL)) == 2 * 2 * len(lab.tables)


def test_a_secondary_address_follows_the_healthy_target(
    agent: Agent, services: Services, ec2: Any, world: Callable[..., World]
) -> None:
    near = world(azs=1)
    write(agent, near, services.port, addresses=[SECONDARY], mechanism="secondary_ip")

    def holders() -> list[str]:
        found = ec2.describe_network_interfaces(
            Filters=[{"Name": "addresses.private-ip-address", "Values": [SECONDARY]}]
        )
        return [one["NetworkInterfaceId"] for one in found["NetworkInterfaces"]]

    agent.monitor()
    wait_until("it is assigned to db-a", lambda: holders() == [near.eni("db-a")])
    services.stop("db-a")
    wait_until("db-b has claimed it", lambda: holders() == [near.eni("db-b")])
    services.start("db-a")
    agent.await_health(db_a="up")
    done = agent.run("claim", "db", "--target", "db-a", "--json")
    assert (done.code, done.json["floating_ips"][0]["holder"]) == (0, "db-a")
    assert holders() == [near.eni("db-a")]

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""floating_ip_probe against services on loopback addresses."""

from __future__ import annotations

import threading
from typing import Any

import pytest

PROBE = "floating_ip_probe"
UP, OTHER = "127.0.0.2", "127.0.0.3"


@pytest.fixture
def definition(services: Any) -> dict[str, Any]:
    return {
        "name": "db",
        "addresses": ["100.64.10.10"],
        "route_tables": {"ids": ["rtb-0a1b2c3d"]},
        "targets": [
            {"name": "db-a", "instance_id": "i-0a1b2c3d", "probe_address": UP},
            {"name": "db-b", "instance_id": "i-4e5f6a7b", "probe_address": OTHER},
        ],
        "probe": {"port": services.port, "fast_interval": 0.02},
    }


def healths(result: Any) -> dict[str, str]:
    return {one["target"]: one["health"] for one in result["targets"]}


def test_it_tells_which_targets_are_up(run: Any, definition: Any, services: Any) -> None:
    services.stop(OTHER)
    result = run(PROBE, floating_ips=[definition])
    assert (result["failed"], result["changed"]) == (False, False)
    assert healths(result) == {"db-a": "up", "db-b": "down"}
    up, down = result["targets"]
    assert (up["evidence"], up["probes"], down["evidence"], down["probes"]) == (
        "passed",
        2,
        "refused",
        3,
    )
    assert "db-b of db is down: " in result["msg"]


def test_one_probe_is_believed_with_once(run: Any, definition: Any, services: Any) -> None:
    services.stop(OTHER)
    result = run(PROBE, floating_ips=[definition], until="once", check=True)
    assert healths(result) == {"db-a": "up", "db-b": "down"}
    assert [one["probes"] for one in result["targets"]] == [1, 1]


def test_it_fails_for_what_is_not_as_required(run: Any, definition: Any, services: Any) -> None:
    services.stop(OTHER)
    up = run(PROBE, floating_ips=[definition], require="up", attempts=3)
    assert (up["failed"], up["changed"]) == (True, False)
    assert up["msg"].startswith("db-b of db is ")
    assert healths(up) == {"db-a": "up", "db-b": "down"}
    only = run(PROBE, floating_ips=[definition], require="up", targets=["db-a"])
    assert (only["failed"], healths(only)) == (False, {"db-a": "up"})
    assert (
        run(PROBE, floating_ips=[definition], require="down", targets=["db-b"])["failed"] is False
    )


def test_it_waits_for_what_is_required(run: Any, definition: Any, services: Any) -> None:
    services.stop(OTHER)
    later = threading.Timer(0.15, services.start, [OTHER])
    later.start()
    result = run(PROBE, floating_ips=[definition], require="up", attempts=200)
    later.join()
    assert (result["failed"], healths(result)["db-b"]) == (False, "up")


def test_floating_addresses_are_probed_from_end_to_end(
    run: Any, definition: Any, services: Any
) -> None:
    definition["addresses"] = ["100.64.10.10", "fd00:64::1"]
    definition["probe"].update(timeout=0.05)
    result = run(PROBE, floating_ips=[definition], what="addresses", until="once")
    assert [one["address"] for one in result["targets"]] == ["100.64.10.10", "fd00:64::1"]
    assert "up" not in healths(result).values()


def test_an_address_needs_no_definition(run: Any, services: Any) -> None:
    result = run(PROBE, address=UP, port=services.port, path="/health", interval=0.02)
    (only,) = result["targets"]
    assert (only["floating_ip"], only["target"], only["health"]) == (None, UP, "up")
    wrong = run(PROBE, address=UP, port=services.port, expect_status=["404"], until="once")
    assert (wrong["targets"][0]["evidence"], wrong["failed"]) == ("wrong", False)
    tcp = run(PROBE, address=UP, protocol="tcp", port=services.port, until="once", require="up")
    assert tcp["failed"] is False
    slow = run(PROBE, address=UP, port=services.port, timeout=10, until="once")
    assert healths(slow) == {UP: "up"}


def test_a_command_is_a_probe_too(run: Any) -> None:
    asked = ["sh", "-c", 'test "$FLOATING_IP_TARGET" = db-x']
    result = run(PROBE, address="db-x", protocol="command", command=asked, until="once", timeout=5)
    assert healths(result) == {"db-x": "up"}, result


BAD = {
    "nothing": ({}, "one of the following is required: floating_ips, address"),
    "tcp without a port": ({"address": UP, "protocol": "tcp"}, "port is required"),
    "a port that is none": ({"address": UP, "port": 70000}, "port must be at most 65535"),
    "a status that is none": ({"address": UP, "expect_status": ["9"]}, "expect_status[0] must"),
    "an option that means nothing": (
        {"address": UP, "protocol": "icmp", "path": "/x"},
        "path means nothing with protocol=icmp",
    ),
    "a broken definition": ({"floating_ips": [{"name": "db"}]}, "floating_ips[db].addresses"),
    "no attempts": ({"address": UP, "attempts": 0}, "attempts must be at least 1"),
    "no interval": ({"address": UP, "interval": -1}, "interval must be more than 0"),
}


@pytest.mark.parametrize(("wrong", "said"), BAD.values(), ids=BAD)
def test_bad_input_fails_with_a_sentence(run: Any, wrong: dict[str, Any], said: str) -> None:
    result = run(PROBE, **wrong)
    assert (result["failed"], result.get("changed", False)) == (True, False)
    assert said in result["msg"]


def test_settings_beside_definitions_are_refused(run: Any, definition: Any) -> None:
    result = run(PROBE, floating_ips=[definition], port=81)
    assert result["msg"] == "port means nothing with floating_ips: remove it."
    unknown = run(PROBE, floating_ips=[definition], targets=["db-z"])
    assert unknown["msg"] == "No floating IP has a target called db-z."

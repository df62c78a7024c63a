# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""floating_ip_move against the emulator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

MOVE = "floating_ip_move"


def test_it_moves_every_cell_and_a_second_run_changes_nothing(
    run: Any, world: Callable[..., Any], define: Any, routes: Any, point: Any
) -> None:
    net = world(tables=5)
    point(net.tables, net.eni("db-a"))
    result = run(MOVE, floating_ips=[define(net)], to="db-b")
    assert (result["failed"], result["changed"]) == (False, True), result
    assert routes(net.tables) == [net.eni("db-b")] * 5
    assert (result.entry["was"], result.entry["holder"]) == ("db-a", "db-b")
    assert result["msg"].startswith("db moved from db-a to db-b: 5 of 5 cells in")
    assert [one["health"] for one in result["probes"]] == ["up"]
    assert run(MOVE, floating_ips=[define(net)], to="db-b").actions == {"left"}


def test_check_mode_predicts_all_of_it_and_writes_nothing(
    run: Any, world: Callable[..., Any], define: Any, point: Any, emulator: Any
) -> None:
    net = world(tables=3)
    point(net.tables, net.eni("db-a"))
    before = emulator.state()
    predicted = run(MOVE, check=True, floating_ips=[define(net)])
    assert emulator.state() == before
    assert predicted["msg"].startswith("In check mode, so this is what would be done: db moved")
    real = run(MOVE, floating_ips=[define(net)], destinations=predicted["destinations"])
    assert predicted.keys() == real.keys()
    for key in ("diff", "destinations", "moving"):
        assert predicted[key] == real[key]
    assert predicted.entry["items"] == real.entry["items"]


def test_next_passes_over_targets_that_are_down_or_drained(
    run: Any, world: Callable[..., Any], define: Any, point: Any, services: Any
) -> None:
    net = world(targets=("db-a", "db-b", "db-c"))
    point(net.tables, net.eni("db-a"))
    services.stop("127.0.0.3")
    given = {"floating_ips": [define(net)], "check": True}
    assert run(MOVE, **given)["destinations"] == {"db": "db-c"}
    none = run(MOVE, **given, drained={"db": ["db-c"]})
    assert (none["failed"], none["changed"]) == (True, False)
    assert "Floating IP db has no target to go to." in none["msg"]
    assert "Target db-c of db is drained" in none["msg"]


def test_preferred_goes_back_and_then_stays(
    run: Any, world: Callable[..., Any], define: Any, point: Any, routes: Any
) -> None:
    net = world()
    point(net.tables, net.eni("db-b"))
    assert run(MOVE, floating_ips=[define(net)], choose="preferred")["changed"] is True
    assert routes(net.tables) == [net.eni("db-a")] * 2
    assert run(MOVE, floating_ips=[define(net)], choose="preferred")["changed"] is False


def test_a_target_that_is_not_up_takes_force(
    run: Any, world: Callable[..., Any], define: Any, point: Any, services: Any, routes: Any
) -> None:
    net = world()
    point(net.tables, net.eni("db-a"))
    services.stop("127.0.0.3")
    refused = run(MOVE, floating_ips=[define(net)], to="db-b")
    assert (refused["failed"], refused["changed"]) == (True, False)
    assert "is not proven up from here" in refused["msg"]
    assert routes(net.tables) == [net.eni("db-a")] * 2
    forced = run(MOVE, floating_ips=[define(net)], to="db-b", force=True)
    assert (forced["changed"], forced["probes"]) == (True, [])


def test_nothing_is_probed_from_nowhere_and_the_result_says_so(
    run: Any, world: Callable[..., Any], define: Any, services: Any
) -> None:
    net = world()
    services.stop()
    result = run(MOVE, floating_ips=[define(net)], to="db-b", probe_from="nowhere")
    assert (result["failed"], result["changed"], result["probes"]) == (False, True, [])
    assert result["msg"].endswith("The destinations were not probed.")


def test_several_floating_ips_and_mechanisms_move_in_one_call(
    run: Any, world: Callable[..., Any], define: Any, ec2: Any
) -> None:
    net = world(azs=1, tables=1)
    second = define(net, name="web", addresses=["10.0.1.100"], mechanism="secondary_ip")
    del second["route_tables"]
    result = run(MOVE, floating_ips=[second, define(net)], to="db-b")
    assert [(e["name"], e["holder"]) for e in result["floating_ips"]] == [
        ("db", "db-b"),
        ("web", "db-b"),
    ]
    interface = ec2.describe_network_interfaces(NetworkInterfaceIds=[net.eni("db-b")])
    held = interface["NetworkInterfaces"][0]["PrivateIpAddresses"]
    assert "10.0.1.100" in [each["PrivateIpAddress"] for each in held]


def test_a_partial_move_fails_with_the_whole_result_and_a_retry_completes_it(
    run: Any, world: Callable[..., Any], define: Any, point: Any, routes: Any, emulator: Any
) -> None:
    net = world(tables=3)
    point(net.tables, net.eni("db-a"))
    emulator.fault(
        "error", "ReplaceRoute", code="UnauthorizedOperation", status=403, params=net.tables[1]
    )
    result = run(MOVE, floating_ips=[define(net)], to="db-b")
    assert (result["failed"], result["changed"], result.entry["holder"]) == (True, True, None)
    assert result.actions == {"moved", "failed"}
    assert "db did not move completely" in result["msg"]
    emulator.clear_faults()
    assert run(MOVE, floating_ips=[define(net)], to="db-b")["failed"] is False
    assert routes(net.tables) == [net.eni("db-b")] * 3


def test_what_is_expected_must_be_there(
    run: Any, world: Callable[..., Any], define: Any, point: Any, routes: Any
) -> None:
    net = world()
    point(net.tables, net.eni("db-a"))
    for expected, said in (("absent", "Expected absent, but"), ("db-a", "expect_current must be")):
        result = run(MOVE, floating_ips=[define(net)], to="db-b", expect_current=expected)
        assert (result["failed"], result["changed"]) == (True, False)
        assert said in result["msg"]
    assert routes(net.tables) == [net.eni("db-a")] * 2
    right = {"to": "db-b", "expect_current": net.eni("db-a")}
    assert run(MOVE, floating_ips=[define(net)], **right)["changed"] is True


def instance_with_two_interfaces(ec2: Any, net: Any) -> str:
    more = ec2.create_network_interface(SubnetId=net.targets["db-b"].subnet)["NetworkInterface"]
    instance = net.targets["db-b"].instance
    ec2.attach_network_interface(
        InstanceId=instance, DeviceIndex=1, NetworkInterfaceId=more["NetworkInterfaceId"]
    )
    return str(instance)


BAD: dict[str, tuple[Callable[..., dict[str, Any]], str]] = {
    "inside the VPC": (lambda net, ec2: {"addresses": ["10.0.1.200"]}, "is inside 10.0.0.0/16"),
    "public space": (lambda net, ec2: {"addresses": ["20.0.0.10"]}, "which is public space"),
    "no such table": (
        lambda net, ec2: {"route_tables": {"ids": [*net.tables, "rtb-00000000"]}},
        "Route table rtb-00000000 does not exist",
    ),
    "an empty selection": (
        lambda net, ec2: {"route_tables": {"vpc_id": net.vpc, "tags": {"no": "such"}}},
        "No route table of VPC",
    ),
    "no such interface": (
        lambda net, ec2: {
            "targets": [
                {
                    "name": "db-a",
                    "network_interface_id": net.eni("db-a"),
                    "probe_address": "127.0.0.2",
                },
                {
                    "name": "db-b",
                    "network_interface_id": "eni-00000000",
                    "probe_address": "127.0.0.3",
                },
            ]
        },
        "eni-00000000 does not exist",
    ),
    "several interfaces": (
        lambda net, ec2: {
            "targets": [
                {
                    "name": "db-a",
                    "network_interface_id": net.eni("db-a"),
                    "probe_address": "127.0.0.2",
                },
                {
                    "name": "db-b",
                    "instance_id": instance_with_two_interfaces(ec2, net),
                    "probe_address": "127.0.0.3",
                },
            ]
        },
        "has several interfaces",
    ),
    "a broken definition": (lambda net, ec2: {"probe": {"timeout": "soon"}}, "db].probe.timeout"),
}


@pytest.mark.parametrize(("wrong", "said"), BAD.values(), ids=BAD)
def test_bad_input_fails_with_a_sentence_before_anything_changes(
    run: Any,
    world: Callable[..., Any],
    define: Any,
    emulator: Any,
    ec2: Any,
    wrong: Callable[..., dict[str, Any]],
    said: str,
) -> None:
    net = world()
    definition = define(net, **wrong(net, ec2))
    before = emulator.state()
    result = run(MOVE, floating_ips=[definition], to="db-b")
    assert (result["failed"], result["changed"]) == (True, False)
    assert said in result["msg"]
    assert emulator.state() == before


def test_an_unknown_name_or_target_or_no_name_is_refused(
    run: Any, world: Callable[..., Any], define: Any
) -> None:
    net = world()
    wrong = {
        "called 'web'": {"names": ["web"]},
        "No floating IP was named": {"names": []},
        "has no target 'db-z'; it has db-a, db-b": {"to": "db-z"},
        "destinations names 'dbb', which is none of db": {"destinations": {"dbb": "db-b"}},
    }
    for said, options in wrong.items():
        result = run(MOVE, floating_ips=[define(net)], **options)
        assert (result["failed"], result["changed"]) == (True, False)
        assert said in result["msg"], result["msg"]
    assert "is empty" in run(MOVE, floating_ips=[])["msg"]


def test_a_definition_to_be_removed_is_not_moved(
    run: Any, world: Callable[..., Any], define: Any
) -> None:
    here = define(world())
    gone = {**here, "name": "web", "state": "absent", "addresses": ["100.64.10.11"]}
    both = {"floating_ips": [here, gone], "to": "db-b", "check": True}
    assert run(MOVE, **both)["destinations"] == {"db": "db-b"}
    assert "web has state: absent" in run(MOVE, **both, names=["web"])["msg"]


def test_defaults_are_merged(run: Any, world: Callable[..., Any], define: Any) -> None:
    definition = define(world())
    shared = {"route_tables": definition.pop("route_tables")}
    given = {"floating_ips": [definition], "floating_ip_defaults": shared, "to": "db-a"}
    assert run(MOVE, **given)["changed"] is True

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""floating_ip_eni_claim against the emulator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

CLAIM = "floating_ip_eni_claim"
FREE = "10.0.1.100"


@pytest.fixture
def net(world: Callable[..., Any]) -> Any:
    """Both targets in one subnet."""
    return world(azs=1, tables=1)


@pytest.fixture
def addresses(ec2: Any) -> Callable[[str], set[str]]:
    """The secondary addresses of an interface, according to AWS itself."""

    def read(interface: str) -> set[str]:
        found = ec2.describe_network_interfaces(NetworkInterfaceIds=[interface])
        each = found["NetworkInterfaces"][0]["PrivateIpAddresses"]
        return {one["PrivateIpAddress"] for one in each if not one["Primary"]}

    return read


def test_addresses_are_claimed_taken_over_and_released(run: Any, net: Any, addresses: Any) -> None:
    one, two = net.eni("db-a"), net.eni("db-b")
    wanted = [FREE, "10.0.1.101"]
    made = run(CLAIM, network_interface_id=one, addresses=wanted)
    assert (made["failed"], made["changed"], addresses(one)) == (False, True, set(wanted)), made
    again = run(CLAIM, network_interface_id=one, addresses=wanted)
    assert (again["changed"], again.actions) == (False, {"left"})
    taken = run(CLAIM, network_interface_id=two, addresses=[FREE], expect_current=one)
    assert (taken.entry["was"], taken.entry["holder"]) == (one, two)
    assert (addresses(one), addresses(two)) == ({"10.0.1.101"}, {FREE})
    gone = run(CLAIM, network_interface_id=two, addresses=[FREE], state="absent")
    assert (gone["changed"], addresses(two)) == (True, set())
    assert (
        run(CLAIM, network_interface_id=two, addresses=[FREE], state="absent")["changed"] is False
    )


def test_what_another_interface_has_is_not_released(run: Any, net: Any, addresses: Any) -> None:
    run(CLAIM, network_interface_id=net.eni("db-a"), addresses=[FREE])
    left = run(CLAIM, network_interface_id=net.eni("db-b"), addresses=[FREE], state="absent")
    assert (left["changed"], addresses(net.eni("db-a"))) == (False, {FREE})


def test_without_reassignment_an_address_in_use_is_refused(
    run: Any, net: Any, addresses: Any
) -> None:
    run(CLAIM, network_interface_id=net.eni("db-a"), addresses=[FREE])
    result = run(
        CLAIM, network_interface_id=net.eni("db-b"), addresses=[FREE], allow_reassignment=False
    )
    assert (result["failed"], result["changed"]) == (True, False)
    assert f"is at {net.eni('db-a')}" in result["msg"]
    assert addresses(net.eni("db-a")) == {FREE}


def test_check_mode_predicts_and_writes_nothing(run: Any, net: Any, emulator: Any) -> None:
    wanted = {"network_interface_id": net.eni("db-a"), "addresses": [FREE]}
    before = emulator.state()
    predicted = run(CLAIM, check=True, **wanted)
    assert emulator.state() == before
    real = run(CLAIM, **wanted)
    assert predicted.keys() == real.keys()
    assert predicted["diff"] == real["diff"]
    assert predicted.entry["items"] == real.entry["items"]


BAD = {
    "outside the subnet": ({"addresses": ["10.0.2.100"]}, "is outside 10.0.1.0/24"),
    "kept by AWS": ({"addresses": ["10.0.1.1"]}, "is one of the five"),
    "IPv6": ({"addresses": ["fd00:64::1"]}, "a secondary private address is IPv4"),
    "no such interface": ({"network_interface_id": "eni-00000000"}, "does not exist"),
    "no interface id": ({"network_interface_id": "i-00000000"}, "network_interface_id must be"),
    "no address": ({"addresses": []}, "addresses is empty"),
}


@pytest.mark.parametrize(("wrong", "said"), BAD.values(), ids=BAD)
def test_bad_input_fails_with_a_sentence_before_anything_changes(
    run: Any, net: Any, emulator: Any, wrong: dict[str, Any], said: str
) -> None:
    before = emulator.state()
    result = run(CLAIM, **{"network_interface_id": net.eni("db-a"), "addresses": [FREE], **wrong})
    assert (result["failed"], result["changed"]) == (True, False)
    assert said in result["msg"]
    assert emulator.state() == before


def test_another_targets_primary_address_is_refused(run: Any, net: Any) -> None:
    primary = net.targets["db-b"].address
    result = run(CLAIM, network_interface_id=net.eni("db-a"), addresses=[primary])
    assert f"is the primary one of {net.eni('db-b')}" in result["msg"]

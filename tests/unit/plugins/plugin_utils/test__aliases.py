# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a host is to have on its interface."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.plugin_utils._aliases import (
    Wish,
    label_of,
    plan,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.plugin_utils.aliases import (
    DB,
    DEFINED,
    GOING,
    HERE,
    WEB,
    definition,
    look,
    rows,
)


def test_every_address_gets_the_prefix_of_one_host_and_each_floating_ip_a_label_of_its_own():
    both = [definition("db", "100.64.10.10", "fd12::10"), definition("web", "100.64.10.20")]
    assert rows(both, look()) == [DB, "db always eth0 - fd12::10/128", WEB]


def test_only_floating_ips_of_which_the_host_is_a_target_are_put_there():
    elsewhere = definition("mail", "100.64.10.30", targets=[{"name": "mail-a"}])
    assert rows([elsewhere, DEFINED[0]], look()) == [DB]
    assert rows(DEFINED, look(), Wish("db-c")) == []


def test_a_floating_ip_keeps_its_label_whatever_becomes_of_the_others():
    assert rows(DEFINED[1:], look(DB, WEB), Wish("db-a", remove_orphans=True)) == [WEB]
    assert rows(DEFINED[::-1], look(DB, WEB)) == [DB, WEB]
    new = definition("a", "100.64.10.5")
    made = ["a always eth0 eth0:2 100.64.10.5/32", DB, WEB]
    assert rows([new, *DEFINED], look(DB, WEB)) == made


def test_a_label_that_somebody_else_gave_is_not_given_again():
    foreign = look(addresses=("eth0 eth0:0 10.9.9.9/32",))
    assert rows(DEFINED[:1], foreign) == ["db always eth0 eth0:1 100.64.10.10/32"]


def test_an_address_that_was_put_there_by_hand_keeps_its_label():
    by_hand = look(addresses=("eth0 eth0:0 100.64.10.10/32",))
    assert rows(DEFINED[:1], by_hand) == [DB]
    assert plan(DEFINED[:1], by_hand, HERE)["differs"] is False


def test_a_label_is_cut_to_what_the_kernel_has_room_for():
    assert label_of("eth0", 0) == "eth0:0"
    assert label_of("enp0s31f6u1u2i3", 0) == "enp0s31f6u1u2:0"
    assert label_of("enp0s31f6u1u2i3", 12) == "enp0s31f6u1u:12"


def test_an_address_that_changed_takes_the_old_one_away():
    changed = plan([definition("db", "100.64.10.11")], look(DB), HERE)
    assert changed["rows"] == ["db always eth0 eth0:0 100.64.10.11/32"]
    assert changed["going"] == [GOING]


def test_an_interface_that_changed_takes_the_address_off_the_old_one():
    moved = plan(DEFINED[:1], look(DB, interface="eth1"), HERE)
    assert moved["rows"] == ["db always eth1 eth1:0 100.64.10.10/32"]
    assert moved["going"] == [GOING]


@pytest.mark.parametrize(
    "gone",
    [
        definition("db", "100.64.10.10", state="absent", targets=[]),
        definition("db", "100.64.10.10", targets=[{"name": "db-b"}]),
    ],
)
def test_a_definition_that_is_absent_or_has_other_targets_takes_the_address_away(gone):
    left = plan([gone, DEFINED[1]], look(DB, WEB), HERE)
    assert left["rows"] == [WEB]
    assert left["going"] == [GOING]


def test_what_goes_stays_in_the_table_until_it_is_gone():
    """So a run that was cut short is completed by the next one, which no longer has the rows."""
    again = plan(DEFINED[1:], look(GOING, WEB), HERE)
    assert (again["rows"], again["going"], again["orphans"]) == ([WEB], [GOING], [])
    nothing = plan([], look(GOING), Wish("db-a", present=False))
    assert (nothing["rows"], nothing["going"]) == ([], [GOING])
    of_another = plan(DEFINED, look(GOING, WEB), Wish("db-a", ("web",)))
    assert (of_another["rows"], of_another["going"]) == ([WEB], [GOING])


def test_what_went_may_come_back_before_it_is_gone():
    again = plan(DEFINED, look(GOING, WEB), HERE)
    assert (again["rows"], again["going"]) == ([DB, WEB], [])


def test_a_floating_ip_without_a_definition_is_reported_and_stays_unless_told_otherwise():
    kept = plan(DEFINED[1:], look(DB, WEB), HERE)
    assert (kept["orphans"], kept["rows"], kept["going"]) == (["db"], [DB, WEB], [])
    gone = plan(DEFINED[1:], look(DB, WEB), Wish("db-a", remove_orphans=True))
    assert (gone["rows"], gone["going"]) == ([WEB], [GOING])


def test_a_run_for_one_floating_ip_leaves_the_others_as_they_are():
    changed = [definition("db", "100.64.10.11"), definition("web", "100.64.10.21")]
    assert rows(changed, look(DB, WEB), Wish("db-a", ("web",))) == [
        DB,
        "web always eth0 eth0:1 100.64.10.21/32",
    ]


def test_absent_takes_all_away_or_what_is_named():
    assert rows(DEFINED, look(DB, WEB), Wish("db-a", present=False)) == []
    assert rows(DEFINED, look(DB, WEB), Wish("db-a", ("db",), present=False)) == [WEB]
    assert rows([], look(DB), Wish("db-a", present=False)) == []


def test_what_only_the_holder_has_is_no_business_of_the_stack():
    held = [definition("db", "100.64.10.10", alias="holder"), DEFINED[1]]
    found = plan(held, look(DB), HERE)
    assert found["holder"] is True
    assert found["ipv4"] == [{"address": "100.64.10.20/32", "label": "eth0:1"}]
    assert found["going"] == []


@pytest.mark.parametrize(
    ("mode", "addresses", "holds", "differs"),
    [
        ("always", (), (), True),
        ("always", ("eth0 eth0:0 100.64.10.10/32",), (), False),
        ("always", ("eth0 eth0 100.64.10.10/32",), (), True),  # no label
        ("always", ("eth1 eth1:0 100.64.10.10/32",), (), True),
        ("holder", (), (), False),
        ("holder", (), ("db",), True),
        ("holder", ("eth0 eth0:0 100.64.10.10/32",), ("db",), False),
        ("holder", ("eth0 eth0:0 100.64.10.10/32",), ("web",), True),
    ],
)
def test_whether_the_interface_is_as_it_should_be(mode, addresses, holds, differs):
    seen = look(DB.replace("always", mode), addresses=addresses, holds=holds)
    assert plan([definition("db", "100.64.10.10", alias=mode)], seen, HERE)["differs"] is differs


def test_a_label_that_the_ip_command_refuses_is_not_asked_for():
    long = "enp0s31f6u1u2i3"
    seen = look(addresses=(f"{long} {long} 100.64.10.10/32",), interface=long)
    assert plan(DEFINED[:1], seen, HERE)["differs"] is False


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        ({"interface": "", "exists": ""}, "This host has no default route"),
        ({"interface": "eth7", "exists": ""}, "There is no interface eth7 on this host."),
        ({"stack": "networkd", "network_file": ""}, "networkd does not manage eth0"),
        ({"stack": "netplan", "netplan_id": ""}, "netplan does not manage eth0"),
        ({"stack": "NetworkManager", "connection": ""}, "NetworkManager does not manage eth0"),
        ({"stack": "networkd", "network_file": "/etc/systemd/network/eth0.network"}, ""),
        (
            {"stack": "networkd", "network_file": "/run/en.network", "shared": "eth1 eth2"},
            "What networkd is told of eth0 would be so on eth1 eth2 as well",
        ),
        ({"stack": "service", "network_file": "/run/en.network", "shared": "eth1"}, ""),
        ({}, ""),
    ],
)
def test_what_cannot_be_done_is_refused_with_advice(seen, sentence):
    refusal = plan(DEFINED, look(**seen), HERE)["refusal"]
    assert refusal.startswith(sentence) and ("Set floating_ip_host_" in refusal) == bool(sentence)


def test_a_run_for_one_floating_ip_cannot_leave_the_others_on_another_interface():
    seen = look(DB, WEB, interface="eth1")
    assert "leaves floating IPs on eth0" in plan(DEFINED, seen, Wish("db-a", ("db",)))["refusal"]
    assert plan(DEFINED, seen, HERE)["refusal"] == ""


def test_where_nothing_is_to_be_nothing_is_refused():
    assert plan([], look(interface="", exists=""), HERE)["refusal"] == ""


def test_whether_a_probe_is_a_ping_is_told():
    pings = definition("db", "100.64.10.10", probe={"protocol": "icmp"})
    assert [plan([each], look(), HERE)["pings"] for each in (pings, DEFINED[0])] == [True, False]

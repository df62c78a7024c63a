# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Steps are carried out on a model of the network; what then is there is what counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.network import (
    Route,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.provisioning import (
    Steps,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.model_network import (  # noqa: E501 - the path of a module
    ADDRESSES,
    IDS,
    SECONDARY,
    network,
    route,
    secondary,
)


def gone(*definitions: FloatingIp) -> list[FloatingIp]:
    return [replace(one, state="absent") for one in definitions]


def is_at_rest(steps: Mapping[str, Steps]) -> bool:
    return not any(
        one.cells
        or any(setting.before != setting.after for setting in one.checks)
        or any(not tag.before == tag.during == tag.after for tag in one.tags)
        for one in steps.values()
    )


targets = st.sampled_from(["a", "ab", "ba", "abc", "bc"])
subsets = st.lists(st.sampled_from(IDS), min_size=1, unique=True).map(tuple)


@st.composite
def generations(draw: st.DrawFn) -> list[FloatingIp]:
    """The floating IPs `db` and `web`, one of them or both, as someone defines them some day."""
    made = []
    for name, own in (("db", ADDRESSES[:2]), ("web", ADDRESSES[2:])):
        kind = draw(st.sampled_from(["route", "secondary", "none"]))
        if kind == "route":
            count = draw(st.integers(1, len(own)))
            made.append(
                route(name, own[:count], draw(subsets), "c" + draw(targets).replace("c", ""))
            )
        elif kind == "secondary":
            made.append(
                secondary(name, SECONDARY[name == "web"], "c" + draw(targets).replace("c", ""))
            )
    return made


@given(st.lists(generations(), min_size=1, max_size=4), st.tuples(*[st.booleans()] * 3))
def test_any_history_of_deploys_ends_without_a_trace(
    history: list[list[FloatingIp]], checks: tuple[bool, ...]
) -> None:
    fresh = net = network(checks)
    for definitions in history:
        named = {one.name for one in definitions}
        removed = gone(*(one for one in (route("db"), route("web")) if one.name not in named))
        net = net.after(*definitions, *removed)
        assert is_at_rest(net.steps(*definitions, *removed))
        for one in definitions:
            assert all(reading.points_at == "eni-c" for reading in net.case(one).look.readings)
    net = net.after(*gone(route("db"), route("web")))
    assert net == fresh


def test_checks_come_back_with_the_last_floating_ip_whoever_was_first() -> None:
    db, web = route("db"), route("web", ADDRESSES[1:2])
    for first, last in ((db, web), (web, db)):
        net = network().after(db).after(db, web).after(*gone(first))
        assert not net.interfaces[0].source_dest_check
        net = net.after(last, *gone(first)).after(*gone(last))
        assert net == network()


def test_an_orphans_tag_keeps_a_check_off() -> None:
    net = network().after(route("db"), route("web", ADDRESSES[1:2]))
    net = net.after(*gone(route("db")))
    assert not net.interfaces[0].source_dest_check


def test_a_check_that_someone_switched_on_again_is_restored_so() -> None:
    net = network((False, False, False)).after(route())
    net = net.with_("eni-a", source_dest_check=True)
    net = net.after(route())
    assert not net.interfaces[0].source_dest_check
    net = net.after(*gone(route()))
    assert [one.source_dest_check for one in net.interfaces] == [True, False, False]


def test_a_tag_names_old_and_new_addresses_while_they_change() -> None:
    net = network().after(route())
    steps = net.steps(route(addresses=ADDRESSES[1:2]))["db"]
    (tag,) = [one for one in steps.tags if one.resource == "rtb-1"]
    assert (tag.before, tag.during, tag.after) == (
        "100.64.10.10",
        "100.64.10.10 100.64.10.11",
        "100.64.10.11",
    )


def test_a_living_stranger_in_a_table_of_ours_is_left_with_a_word() -> None:
    net = network().after(route())
    net = net.with_("rtb-1", routes=(Route("100.64.10.10/32", "igw-1"),))
    steps = net.steps(*gone(route()))["db"]
    (left,) = [one for one in steps.left if one.cell.id == "rtb-1"]
    assert "remove it by hand" in (left.error or "")
    assert {change.cell.id for change in steps.cells} == {"rtb-2", "rtb-3"}


def test_a_blackhole_is_removed_only_from_a_table_with_our_tag() -> None:
    dead = (Route("100.64.10.10/32", "eni-dead", blackhole=True),)
    net = network().with_("rtb-1", routes=dead).with_("rtb-2", routes=dead)
    net = net.with_("rtb-1", tags={"floating-ip:db": "100.64.10.10"})
    steps = net.steps(*gone(route()))["db"]
    assert [change.cell.id for change in steps.cells] == ["rtb-1"]


def test_propagated_routes_and_gateway_tables_are_never_removed() -> None:
    ours = Route("100.64.10.10/32", "eni-a")
    net = network().after(route())
    net = net.with_("rtb-1", routes=(replace(ours, propagated=True),))
    net = net.with_("rtb-2", gateway=True)
    steps = net.steps(*gone(route(tables=("rtb-9",))))["db"]
    assert [change.cell.id for change in steps.cells] == ["rtb-3"]


def test_a_cell_that_another_floating_ip_took_over_stays() -> None:
    old, new = route("old"), route("new")
    both_tags = network().after(old).after(new)
    assert not both_tags.steps(*gone(old))["old"].cells
    taking_over = network().after(old).steps(new, *gone(old))
    assert not taking_over["old"].cells


def test_an_interfaces_primary_address_is_never_removed() -> None:
    net = network().with_("eni-a", tags={"floating-ip:db": "10.0.1.11"})
    assert not net.steps(*gone(secondary("db", "10.0.1.11", "ab")))["db"].cells


def test_new_cells_follow_the_target_of_most_cells() -> None:
    net = network()
    for name in IDS[:2]:
        net = net.with_(name, routes=(Route("100.64.10.10/32", "eni-b"),))
    (change,) = net.steps(route())["db"].cells
    assert change.after == "eni-b"

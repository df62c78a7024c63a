# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill import (
    Refused,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill_acts import (
    put_back,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.drill_judge import (
    judged,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.order import (
    Prepared,
    Wish,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.drilling import (  # noqa: E501 - the path of a module
    World,
)


def test_it_goes_there_and_back_and_tells_the_meter_when() -> None:
    world = World()
    found = world.drill()
    assert world.moves == ["db-b", "db-a"] and world.running is None
    words = [word for word in world.told if word in ("begin", "failover", "failback", "end")]
    assert words == ["begin", "failover", "failback", "end"]
    assert (found["plan"]["was"], found["plan"]["to"], found["holder"]) == ("db-a", "db-b", "db-a")
    assert [(leg["from"], leg["to"], leg["seconds"]) for leg in found["legs"]] == [
        ("db-a", "db-b", 0.2),
        ("db-b", "db-a", 0.2),
    ]
    assert all(one["passed"] for one in judged(found)["result"]["checks"][1:])
    assert found["ended"] - found["began"] > 10


@pytest.mark.parametrize(
    ("world", "to", "said"),
    [
        (World(down={"db-b"}), None, "db-b of db is not proven up"),
        (World(down={"db-a"}), None, "db-a of db is not proven up"),
        (World(holder=None), None, "has no holder to come back to: it is absent"),
        (World(), "db-a", "db-a holds db already"),
    ],
)
def test_it_refuses_before_anything_is_moved(world: World, to: str | None, said: str) -> None:
    with pytest.raises(Refused, match=said):
        world.drill(to)
    assert world.moves == [] and world.told == [] and world.running is None


def test_a_move_that_fails_is_told_and_the_address_comes_back() -> None:
    world = World(denied={"db-b"})
    found = world.drill()
    assert found["legs"][0]["problem"] == "rtb-1: not allowed."
    assert (world.holder, world.running, found["problems"]) == ("db-a", None, [])


def test_it_does_not_come_back_to_a_target_that_is_down_and_remembers_it() -> None:
    world = World()
    prepare = world.prepare

    def dies_meanwhile(wish: Wish) -> Prepared:
        world.down |= {"db-a"} if world.holder == "db-b" else set()
        return prepare(wish)

    world.prepare = dies_meanwhile  # type: ignore[method-assign]  # from now on
    found = world.drill()
    assert (world.holder, found["holder"]) == ("db-b", "db-b")
    assert world.running["was"] == "db-a"
    assert "It was not put back to db-a." in found["problems"][0]
    world.down.clear()
    world.prepare = prepare  # type: ignore[method-assign]  # it is repaired
    assert put_back(world.means(), world.running["was"]) is None
    assert (world.holder, world.running) == ("db-a", None)


def steps_of(fault: str) -> range:
    whole = World(fault=fault)
    whole.drill()
    return range(1, whole.steps + 1)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("fault", "at"), [(fault, at) for fault in ("move", "stop_instance") for at in steps_of(fault)]
)
def test_interrupted_anywhere_it_ends_where_it_was(fault: str, at: int, after: bool) -> None:
    world = World(at=at, after=after, fault=fault, stopping=2 if fault == "stop_instance" else 0)
    try:
        found = world.drill()
    except KeyboardInterrupt:  # before anything was moved, or after it was back
        assert world.moves[-1:] in ([], ["db-a"])
    else:
        assert found["interrupted"] and found["problems"] == ["The drill was interrupted."]
        assert found["holder"] == "db-a" and world.running is None
    assert (world.holder, world.off) == ("db-a", set())


def test_who_is_impatient_does_not_keep_it_from_coming_back() -> None:
    world = World(at=7, is_impatient=True, after=True)
    with contextlib.suppress(KeyboardInterrupt):
        world.drill()
    assert "db-b" in world.moves and (world.holder, world.running) == ("db-a", None)


def test_an_error_of_ours_puts_it_back_too() -> None:
    world = World()
    slept: list[float] = []

    def breaks(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise ZeroDivisionError

    world.sleep = breaks  # type: ignore[method-assign]  # the hold at the other target breaks
    with pytest.raises(ZeroDivisionError):
        world.drill()
    assert (world.holder, world.running, world.moves) == ("db-a", None, ["db-b", "db-a"])

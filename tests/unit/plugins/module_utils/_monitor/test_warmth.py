# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connections are open before a move needs them."""

from __future__ import annotations

import pathlib
from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Run
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor import warmth
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    floating_ip,
    until,
)

WARM = "describe_network_interfaces"


def test_they_are_opened_at_the_first_failed_probe_one_for_each_cell(
    tmp_path: pathlib.Path,
) -> None:
    stage = Stage(tmp_path, a=until(5.5, "+", "x")).run(5)
    before = len(stage.cloud.calls)
    while not stage.jobs.submitted[-1] > 5:
        stage.loop.turn()
    first_failure = stage.seconds
    calls = stage.cloud.calls[before:]
    assert calls.count(WARM) == 2  # one for each table
    assert stage.moves() == [] and stage.loop.watches["db"].context.run_of("a").length == -1
    stage.run(8)
    assert stage.moves()[0][0] > first_failure
    assert stage.cloud.calls[before:].count(WARM) == 2


def test_once_for_each_time_that_the_holder_fails(tmp_path: pathlib.Path) -> None:
    watch = Stage(tmp_path).run(5).loop.watches["db"]
    assert warmth.newly_failing([watch]) == []
    for failed_at in (6.0, 9.0):
        run = Run(length=-1, first_at=failed_at, last_at=failed_at)
        watch.context = replace(watch.context, runs={"a": run})
        assert warmth.newly_failing([watch]) == [watch]
        assert warmth.newly_failing([watch]) == []


def test_a_standby_that_fails_needs_none(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, b=until(5.5, "+", "x")).run(5)
    before = len(stage.cloud.calls)
    stage.run(20)
    assert WARM not in stage.cloud.calls[before:]


def test_many_cells_do_not_spend_the_bucket(tmp_path: pathlib.Path) -> None:
    many = [floating_ip(f"db{number}", 10 + number) for number in range(15)]
    stage = Stage(tmp_path, *many).run(1)
    assert warmth.connections_for(stage.loop.watches.values()) == warmth.MOST


def test_an_aws_that_does_not_answer_is_none_of_its_business(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(5, "+", "x"))
    stage.at(4, lambda: setattr(stage.outage, "on", True))
    stage.run(20)
    assert stage.holders() == {"a"}

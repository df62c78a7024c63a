# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""floating_ip_info against the emulator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

INFO = "floating_ip_info"


@pytest.fixture
def net(world: Callable[..., Any]) -> Any:
    return world(tables=3)


def test_it_tells_who_holds_it_and_changes_nothing(
    run: Any, net: Any, define: Any, point: Any, emulator: Any
) -> None:
    point(net.tables, net.eni("db-b"))
    before = emulator.state()
    result = run(INFO, floating_ips=[define(net)])
    assert (result["failed"], result["changed"]) == (False, False)
    assert (result.entry["holder"], result.entry["holding"]) == ("db-b", "held")
    assert result["msg"].startswith("db is at db-b, and ")
    assert [t["holds"] for t in result.entry["targets"]] == [False, True]
    assert len(result.entry["items"]) == 3
    assert emulator.state() == before


def test_it_tells_of_drift(run: Any, net: Any, define: Any, point: Any) -> None:
    point(net.tables, net.eni("db-a"))
    point(net.tables[:1], net.eni("db-b"))
    entry = run(INFO, floating_ips=[define(net)]).entry
    assert (entry["holding"], entry["holder"]) == ("split", None)
    assert [cell["id"] for cell in entry["drift"]] == [net.tables[0]]


def test_readiness_can_be_left_out_and_permissions_asked_for(
    run: Any, net: Any, define: Any, emulator: Any
) -> None:
    run("floating_ip_provision", floating_ips=[define(net)])
    assert run(INFO, floating_ips=[define(net)], readiness=False).entry["readiness"] == []
    emulator.clear_calls()
    asked = run(INFO, floating_ips=[define(net)], permissions=True)
    assert asked["failed"] is False
    assert emulator.counts().get("ReplaceRoute", 0) >= 3


def test_what_cannot_be_read_at_all_fails(run: Any, net: Any, define: Any, emulator: Any) -> None:
    emulator.fault("error", "Describe.*", code="UnauthorizedOperation", status=403, count=None)
    result = run(INFO, floating_ips=[define(net)])
    assert (result["failed"], result["changed"]) == (True, False)
    assert "Allow ec2:Describe" in result["msg"]
    assert result.entry["holding"] == "unreadable"


def test_bad_input_fails_with_a_sentence(run: Any, net: Any, define: Any) -> None:
    result = run(INFO, floating_ips=[define(net, adresses=["100.64.10.10"])])
    assert result["failed"] is True
    assert "did you mean addresses?" in result["msg"]

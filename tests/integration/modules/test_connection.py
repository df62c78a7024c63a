# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How modules reach AWS: whose region, endpoint, credentials and role count, and what is said
when there are none."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

INFO = "floating_ip_info"
ROUTE = "floating_ip_route"
ROLE = "arn:aws:iam::123456789012:role/floating-ip"


@pytest.fixture
def net(world: Callable[..., Any]) -> Any:
    return world()


@pytest.fixture
def nowhere() -> str:
    """A URL at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}"


def test_a_definitions_own_place_goes_before_the_options(
    run: Any, net: Any, define: Any, emulator: Any, nowhere: str
) -> None:
    own = {"region": "eu-west-1", "endpoint_url": emulator.url}
    given = {"region": "us-east-2", "endpoint_url": nowhere}
    result = run(INFO, floating_ips=[define(net, aws=own)], **given)
    assert (result["failed"], result.entry["holding"]) == (False, "absent")


def test_the_options_go_before_the_environment(
    run: Any, net: Any, define: Any, emulator: Any, monkeypatch: Any, nowhere: str
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", nowhere)
    monkeypatch.setenv("AWS_REGION", "us-east-2")
    given = {"region": "eu-west-1", "endpoint_url": emulator.url, "access_key": "other"}
    result = run(INFO, floating_ips=[define(net)], **given, secret_key="secret")
    assert result.entry["holding"] == "absent"


def test_a_definitions_role_is_assumed(run: Any, net: Any, define: Any, emulator: Any) -> None:
    emulator.clear_calls()
    own = {"role_arn": ROLE, "endpoint_url": emulator.url}
    result = run(INFO, floating_ips=[define(net, aws=own)], readiness=False)
    assert result.entry["holding"] == "absent"
    assert emulator.counts()["AssumeRole"] == 1


def test_a_role_that_may_not_be_assumed_is_told_in_a_sentence(
    run: Any, net: Any, define: Any, emulator: Any
) -> None:
    emulator.fault(
        "error", "AssumeRole", code="AccessDenied", status=403, service="sts", count=None
    )
    own = {"role_arn": ROLE, "endpoint_url": emulator.url}
    result = run("floating_ip_move", floating_ips=[define(net, aws=own)], to="db-b")
    assert (result["failed"], result["changed"]) == (True, False)
    assert "Allow sts:AssumeRole" in result["msg"]


def test_one_connection_serves_all_definitions_of_a_place(
    run: Any, net: Any, define: Any, emulator: Any
) -> None:
    both = [define(net), define(net, name="web", addresses=["100.64.10.11"])]
    emulator.clear_calls()
    run(INFO, floating_ips=both[:1], readiness=False)
    one = emulator.counts()
    emulator.clear_calls()
    run(INFO, floating_ips=both, readiness=False)
    assert emulator.counts() == one


def trouble(given: dict[str, Any], run: Any, net: Any) -> str:
    result = run(
        ROUTE,
        addresses=["100.64.10.10"],
        route_table_ids=net.tables,
        network_interface_id=net.eni("db-a"),
        **given,
    )
    assert (result["failed"], result["changed"]) == (True, False)
    assert "exception" not in result
    return str(result["msg"])


def test_a_profile_that_is_not_there_is_told_in_a_sentence(
    run: Any, net: Any, monkeypatch: Any
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    assert "The config profile (production) could not be found" in trouble(
        {"profile": "production"}, run, net
    )


def test_a_profile_beside_keys_is_told_in_a_sentence(run: Any, net: Any) -> None:
    assert "Passing both a profile and access tokens" in trouble({"profile": "x"}, run, net)


def test_missing_credentials_are_told_in_a_sentence(run: Any, net: Any, monkeypatch: Any) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    assert "for want of credentials" in trouble({}, run, net)


def test_a_missing_region_is_told_in_a_sentence(run: Any, net: Any, monkeypatch: Any) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name)
    assert "Name the region" in trouble({}, run, net)


def test_settings_of_botocore_do_not_touch_what_deadlines_count_on(
    run: Any, net: Any, emulator: Any
) -> None:
    emulator.fault("error", "DescribeRouteTables", code="AuthFailure", status=401, count=None)
    emulator.clear_calls()
    given = {"aws_config": {"retries": {"max_attempts": 5}, "user_agent_extra": "mine"}}
    assert "DescribeRouteTables" in trouble(given, run, net)
    assert emulator.counts()["DescribeRouteTables"] == 1

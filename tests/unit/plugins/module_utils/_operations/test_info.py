# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._operations.info import (
    Info,
    entry_of,
    info,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.provision import (
    plan,
    provision,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_account import (  # noqa: E501 - the path of a module
    Account,
    definition,
)

BLOCK = "100.64.10.10/32"


@pytest.fixture
def account() -> Account:
    made = Account()
    provision(made.edge(), plan(made.edge(), [definition()]))
    made.calls.clear()
    return made


def look(account: Account, **more: bool) -> Info:
    (one,) = info(account.edge(), [definition()], **more)
    return one


def oks(one: Info) -> dict[str, Any]:
    return {check.name: check.ok for check in one.readiness}


def test_a_deployed_address_is_ready_and_a_look_at_it_writes_nothing(account: Account) -> None:
    one = look(account)
    assert (one.ready, one.holder, one.findings) == (True, "a", ())
    assert account.writes() == []
    entry = entry_of(one)
    assert [item["target"] for item in entry["items"]] == ["a", "a"]
    assert [target["holds"] for target in entry["targets"]] == [True, False]


def test_drift_is_what_most_cells_disagree_with_and_ties_go_by_preference(
    account: Account,
) -> None:
    account.things["rtb-1"].routes[BLOCK] = "eni-b"
    one = look(account)
    assert (one.holding.value, one.ready) == ("split", False)
    assert [reading.cell.id for reading in one.drift] == ["rtb-1"]


def test_everything_is_drift_where_no_target_has_a_cell(account: Account) -> None:
    account.things["rtb-1"].routes.clear()
    account.things["rtb-2"].routes[BLOCK] = "eni-c"
    assert len(look(account).drift) == 2


def test_permissions_are_asked_for_each_cell_only_if_wanted(account: Account) -> None:
    assert "permissions" not in oks(look(account))
    account.calls.clear()
    assert oks(look(account, permissions=True))["permissions"] is True
    asked = [params for name, params in account.calls if name == "replace_route"]
    assert [(one["RouteTableId"], one["DryRun"]) for one in asked] == [
        ("rtb-1", True),
        ("rtb-2", True),
    ]
    assert {one["NetworkInterfaceId"] for one in asked} == {"eni-b"}


def test_a_right_that_lacks_is_told(account: Account) -> None:
    account.refuse = lambda operation, params: (
        "UnauthorizedOperation" if operation == "replace_route" else None
    )
    one = look(account, permissions=True)
    (text,) = [check.text for check in one.readiness if check.name == "permissions"]
    assert text.startswith("rtb-1: Allow ec2:ReplaceRoute")
    assert not one.ready


def test_instances_that_may_not_be_read_are_not_known(account: Account) -> None:
    account.refuse = lambda operation, params: (
        "UnauthorizedOperation" if operation == "describe_instances" else None
    )
    one = look(account)
    assert (oks(one)["instances"], one.ready) == (None, True)


def test_without_readiness_nothing_more_is_read(account: Account) -> None:
    one = look(account, readiness=False)
    assert (one.readiness, one.ready) == ((), True)
    assert "describe_instances" not in [name for name, _params in account.calls]


def test_what_cannot_be_read_is_unreadable(account: Account) -> None:
    account.refuse = lambda operation, params: "UnauthorizedOperation"
    entry = entry_of(look(account))
    assert (entry["holding"], entry["holder"], entry["ready"]) == ("unreadable", None, False)
    assert "Allow ec2:Describe" in entry["error"]

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._operations.provision_tags import (
    TagWrite,
    orphans,
    write_tags,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fakes import (
    Client,
    ec2_of,
    refusal,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_account import (  # noqa: E501 - the path of a module
    Account,
    definition,
)


def test_resources_with_the_same_tags_go_in_one_call() -> None:
    client = Client(create_tags=[{}], delete_tags=[{}])
    writes = [TagWrite(f"rtb-{number:03}", "one", None, "1") for number in range(150)]
    writes += [TagWrite(f"rtb-{number:03}", "two", "1", "2") for number in range(150)]
    writes += [TagWrite("eni-1", "one", "old", None), TagWrite("eni-2", "one", "same", "same")]
    assert write_tags(ec2_of(client), writes) == {}
    sizes = [(name, len(params["Resources"]), len(params["Tags"])) for name, params in client.calls]
    assert sorted(sizes) == [("create_tags", 50, 2), ("create_tags", 100, 2), ("delete_tags", 1, 1)]


def test_nothing_to_write_is_no_call() -> None:
    client = Client()
    assert write_tags(ec2_of(client), [TagWrite("rtb-1", "one", "1", "1")]) == {}
    assert client.calls == []


def test_one_bad_resource_does_not_spoil_the_others() -> None:
    def create_tags(**params: Any) -> dict[str, Any]:
        if "rtb-1" in params["Resources"]:
            raise refusal("InvalidRouteTableID.NotFound", "gone", operation="CreateTags")
        return {}

    writes = [TagWrite(f"rtb-{number}", "one", None, "1") for number in range(3)]
    failed = write_tags(ec2_of(Client(create_tags=create_tags)), writes)
    assert list(failed) == [writes[1]]
    assert "gone" in failed[writes[1]]


def test_a_call_without_an_answer_is_not_made_again_singly() -> None:
    client = Client(create_tags=[refusal("NotKnown", "no", 503)])
    writes = [TagWrite(f"rtb-{number}", "one", None, "1") for number in range(3)]
    assert list(write_tags(ec2_of(client), writes)) == writes
    assert {len(params["Resources"]) for _name, params in client.calls} == {3}


def test_tags_of_a_name_that_no_definition_has_are_orphans() -> None:
    account = Account()
    for thing in account.things.values():
        thing.tags["floating-ip:web"] = "x"
    account.things["rtb-1"].tags["floating-ip:db"] = "x"
    account.things["rtb-1"].tags["floating-ip"] = "not ours"
    (sentence,) = orphans(account.edge(), [definition()])
    assert "Floating IP web is in no definition" in sentence
    assert "and 2 more carry its tag" in sentence
    assert orphans(account.edge(), [definition(), definition("web", state="absent")]) == ()


def test_orphans_that_cannot_be_looked_for_are_told() -> None:
    account = Account()
    account.refuse = lambda operation, params: "UnauthorizedOperation"
    (sentence,) = orphans(account.edge(), [definition()])
    assert sentence.startswith("Orphans cannot be looked for: Allow ec2:Describe")

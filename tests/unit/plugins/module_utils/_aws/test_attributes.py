# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._aws import attributes
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fakes import (
    Client,
    ec2_of,
)


def test_the_source_dest_check_is_set_on_one_interface() -> None:
    client = Client(modify_network_interface_attribute=[{}])
    attributes.set_source_dest_check(ec2_of(client), "eni-1", False, 200.0)
    expected = {"NetworkInterfaceId": "eni-1", "SourceDestCheck": {"Value": False}}
    assert client.calls == [("modify_network_interface_attribute", expected)]


def test_tags_are_given_in_one_call_and_taken_away_by_key_and_value() -> None:
    client = Client(create_tags=[{}], delete_tags=[{}])
    tags = {"floating-ip:db": "", "a": "b"}
    attributes.tag(ec2_of(client), ("rtb-1", "eni-1"), tags, 200.0)
    attributes.untag(ec2_of(client), ("rtb-1", "eni-1"), tags, 200.0)
    listed = [{"Key": "a", "Value": "b"}, {"Key": "floating-ip:db", "Value": ""}]
    expected = {"Resources": ["rtb-1", "eni-1"], "Tags": listed}
    assert client.calls == [("create_tags", expected), ("delete_tags", expected)]


def test_nothing_to_tag_is_no_call() -> None:
    client = Client()
    attributes.tag(ec2_of(client), (), {"a": "b"}, 200.0)
    attributes.untag(ec2_of(client), ("rtb-1",), {}, 200.0)
    assert client.calls == []

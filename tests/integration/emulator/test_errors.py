# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An AWS error where moto gives up with HTTP 500."""

from __future__ import annotations

from typing import Any


def test_an_action_that_moto_does_not_know_is_an_invalid_action(ec2: Any, refused: Any) -> None:
    assert "not been implemented" in refused("InvalidAction", ec2.describe_local_gateways)


def test_a_filter_that_moto_does_not_know_is_an_invalid_value(ec2: Any, refused: Any) -> None:
    unknown = [{"Name": "outpost-arn", "Values": ["arn:aws:outposts:eu-west-1:1:outpost/op-1"]}]
    refused("InvalidParameterValue", ec2.describe_subnets, Filters=unknown)

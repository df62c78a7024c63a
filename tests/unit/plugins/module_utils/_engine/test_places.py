# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Target
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.places import places
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.vpc import (
    interface,
)

ON_I2 = (
    interface("b", 12, instance="i-2", device_index=0),
    interface("c", 13, instance="i-2", device_index=1),
)


def test_a_target_is_found_by_its_interface_or_by_instance_and_device_index() -> None:
    targets = (
        Target("a", network_interface_id="eni-b"),
        Target("b", instance_id="i-2", device_index=1),
    )
    found = places(targets, ON_I2)
    assert [(place.target, place.interface, place.address) for place in found] == [
        ("a", "eni-b", "10.0.1.12"),
        ("b", "eni-c", "10.0.1.13"),
    ]


def test_a_target_that_is_not_found_says_why() -> None:
    targets = (
        Target("a", network_interface_id="eni-x"),
        Target("b", instance_id="i-2"),
        Target("c", instance_id="i-2", device_index=7),
    )
    a, b, c = places(targets, ON_I2)
    assert (a.interface, b.interface, c.interface) == (None, None, None)
    assert "eni-x does not exist" in (a.error or "")
    assert "several interfaces" in (b.error or "")
    assert "device index 7" in (c.error or "")

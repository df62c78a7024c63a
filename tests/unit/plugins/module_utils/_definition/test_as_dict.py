# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import yaml

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.as_dict import to_raw
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._definition import (
    samples,
)

WRITTEN = """
name: db
state: present
addresses: [100.64.10.10, "fd00::1"]
mechanism: route
allow_public: false
aws: {}
route_tables: {ids: [], subnet_ids: [], vpc_id: vpc-1, tags: {}}
targets:
  - {name: db-a, network_interface_id: eni-1, probe_address: 10.0.1.10}
  - {name: db-b, instance_id: i-2, probe_address: 10.0.2.10}
probe: {protocol: https, port: 443, path: /, expect_status: [200-299, "404"], verify_tls: true,
        interval: 1.0, timeout: 0.5, fast_interval: 0.1, rise: 2, fall: 3, min_down: 0.5}
policy: {failback: manual, failback_delay: 300.0, cooldown: 10.0, settle: 60.0, max_moves: 4,
         max_moves_window: 3600.0, breaker_delay: 300.0, on_drift: repair,
         reconcile_interval: 30.0, references: ["10.0.0.2:443", "[fd00::9]:22"]}
alias: always
hooks: {on_gained: [], on_lost: [], timeout: 10.0}
store: {kind: file}
"""


def test_a_definition_is_written_with_every_setting_that_means_something():
    definition = samples.parsed(
        addresses=["fd00::1", "100.64.10.10"],
        probe={"protocol": "https", "expect_status": ["200-299", 404]},
        policy={"references": ["10.0.0.2:443", "[fd00::9]:22"]},
    )
    written = to_raw(definition)
    assert written == yaml.safe_load(WRITTEN)
    assert list(written) == list(yaml.safe_load(WRITTEN))


def test_what_another_mechanism_or_protocol_needs_is_left_out():
    written = to_raw(
        samples.parsed(
            mechanism="secondary_ip",
            route_tables=None,
            probe={"protocol": "icmp"},
            aws={"region": "eu-west-1"},
        )
    )
    assert "route_tables" not in written
    assert written["aws"] == {"region": "eu-west-1"}
    assert not {"port", "path", "expect_status", "command", "verify_tls"} & written["probe"].keys()

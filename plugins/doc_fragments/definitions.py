# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Generated from the schema by ./dev docs. Do not edit.

from __future__ import annotations


class ModuleDocFragment:
    # The options of every module that takes definitions.
    DOCUMENTATION = r"""
options:
  floating_ips:
    description:
      - The definitions of the floating IPs, best given by the lookup
        P(netops.floating_ip.definitions#lookup), which merges the defaults and fills in the
        targets.
      - All mistakes in them are told at once, before anything changes.
      - The keys are C(name), C(state), C(addresses), C(mechanism), C(allow_public), C(aws),
        C(route_tables), C(targets), C(targets_from), C(probe), C(policy), C(alias), C(hooks),
        C(store), C(metrics) and C(objective_seconds).
      - Under C(aws), C(region), C(role_arn) and C(endpoint_url).
      - Under C(route_tables), C(ids), C(subnet_ids), C(vpc_id) and C(tags).
      - Under C(targets), C(name), C(network_interface_id), C(instance_id), C(device_index) and
        C(probe_address).
      - Under C(probe), C(protocol), C(port), C(path), C(host), C(expect_status), C(expect_body),
        C(verify_tls), C(command), C(interval), C(timeout), C(fast_interval), C(rise), C(fall) and
        C(min_down).
      - Under C(policy), C(failback), C(failback_delay), C(cooldown), C(settle), C(max_moves),
        C(max_moves_window), C(breaker_delay), C(on_drift), C(reconcile_interval) and
        C(references).
      - Under C(hooks), C(on_gained), C(on_lost) and C(timeout).
      - Under C(store), C(kind).
      - Under C(metrics), C(cloudwatch).
      - C(docs/definition.md) in the collection describes each key. A null or an empty text means
        that a key is not given.
    type: list
    elements: dict
    required: true
  floating_ip_defaults:
    description:
      - Settings for all of them, merged under each. Not needed with the lookup, which has done it.
    type: dict
"""

    # The choice among them.
    NAMES = r"""
options:
  names:
    description:
      - The names of the floating IPs to act on, or V(all). A name that no definition has is an
        error.
    type: list
    elements: str
    default: [all]
"""

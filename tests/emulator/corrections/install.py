# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Put every correction in place. Importing a theme registers its corrections."""

from __future__ import annotations

from collections.abc import Collection

from . import (
    addresses,
    cloudformation_hosts,
    cloudformation_network,
    cloudformation_stacks,
    dry_run,
    errors,
    filter_values,
    filters_and_pages,
    instances,
    interfaces,
    ipv6_addresses,
    route_states,
    route_tables,
    routes,
    vpcs,
)
from .patch import apply_all

THEMES = (
    addresses,
    cloudformation_hosts,
    cloudformation_network,
    cloudformation_stacks,
    dry_run,
    errors,
    filter_values,
    filters_and_pages,
    instances,
    interfaces,
    ipv6_addresses,
    route_states,
    route_tables,
    routes,
    vpcs,
)


def install(without: Collection[str] = ()) -> None:
    """Put them in place, but for those left out; ValueError for a name that there is not."""
    apply_all(without)

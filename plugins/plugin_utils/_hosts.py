# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What filters are given of hosts: their variables, as `map('extract', hostvars)` has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError


def hosts_in(given: Any, asker: str) -> list[Mapping[str, Any]]:
    """The variables of each host; AnsibleFilterError, by the filter's name, for anything else."""
    if isinstance(given, Iterable) and not isinstance(given, (str, Mapping)):
        hosts = list(given)
        if all(isinstance(one, Mapping) for one in hosts):
            return hosts
    raise AnsibleFilterError(
        f"{asker} needs a list of the variables of hosts, such as "
        "['db-a', 'db-b'] | map('extract', hostvars)."
    )

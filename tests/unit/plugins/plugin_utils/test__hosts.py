# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.netops.floating_ip.plugins.filter.drained import drained
from ansible_collections.netops.floating_ip.plugins.filter.end_to_end import end_to_end
from ansible_collections.netops.floating_ip.plugins.filter.interrupted import interrupted
from ansible_collections.netops.floating_ip.plugins.filter.last_drills import last_drills
from ansible_collections.netops.floating_ip.plugins.filter.untold import untold
from ansible_collections.netops.floating_ip.plugins.plugin_utils._hosts import hosts_in

FILTERS = {
    "drained": drained,
    "end_to_end": lambda hosts: end_to_end(hosts, "asked"),
    "interrupted": interrupted,
    "last_drills": last_drills,
    "untold": lambda hosts: untold(hosts, "asked"),
}


@pytest.mark.parametrize("given", ["db-a", {"db-a": {}}, 5, None, ["db-a"]])
@pytest.mark.parametrize(("name", "asks"), FILTERS.items())
def test_a_filter_refuses_what_is_no_list_of_the_variables_of_hosts(
    name: str, asks: Callable[[Any], Any], given: Any
) -> None:
    with pytest.raises(AnsibleFilterError, match=f"^{name} needs a list of the variables of hosts"):
        asks(given)


def test_any_list_of_hosts_will_do() -> None:
    hosts = [{"inventory_hostname": "db-a"}]
    assert hosts_in(iter(hosts), "untold") == hosts_in(tuple(hosts), "untold") == hosts

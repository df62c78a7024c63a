# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.netops.floating_ip.plugins.filter.report import FilterModule

report = FilterModule().filters()["report"]


def test_a_result_becomes_lines():
    assert report({"msg": "Floating IP db has no cells."}) == ["Floating IP db has no cells."]


def test_the_sum_of_the_worst_outage_is_an_option():
    outage = {"check": "objective", "ok": True, "text": "At worst an outage lasts 4.2 s."}
    entry = {"name": "db", "addresses": [], "holder": "db-a", "holding": "held", "error": None}
    lists = {key: [] for key in ("targets", "items", "drift", "coverage", "findings")}
    found = {"floating_ips": [{**entry, **lists, "ready": True, "readiness": [outage]}]}
    assert "db: At worst an outage lasts 4.2 s." not in report(found)
    assert "db: At worst an outage lasts 4.2 s." in report(found, sums=True)


def test_what_is_no_result_is_refused():
    with pytest.raises(AnsibleFilterError, match="needs the registered result of a module"):
        report("db")

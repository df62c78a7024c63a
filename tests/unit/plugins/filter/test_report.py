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


def test_what_is_no_result_is_refused():
    with pytest.raises(AnsibleFilterError, match="needs the registered result of a module"):
        report("db")

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the lab asks of the machine's kernel."""

from __future__ import annotations

import pathlib

import pytest

from ansible_collections.netops.floating_ip.tests.lab.lab import INOTIFY_INSTANCES, allow_many_hosts


@pytest.mark.parametrize(("before", "after"), [(128, INOTIFY_INSTANCES), (9999, 9999)])
def test_the_machine_allows_enough_and_never_less_than_before(
    tmp_path: pathlib.Path, before: int, after: int
) -> None:
    limit = tmp_path / "max_user_instances"
    limit.write_text(f"{before}\n", encoding="ascii")
    allow_many_hosts(limit)
    assert int(limit.read_text(encoding="ascii")) == after

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tests on hosts ask of who runs them."""

from __future__ import annotations

import os

import pytest


def need_root() -> None:
    """Under CI a skipped test is a failed one, so these run as root or fail there."""
    if os.geteuid() != 0:
        pytest.skip("Hosts need root: namespaces, mounts and cgroups are made.")

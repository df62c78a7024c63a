# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pathlib

import yaml

from ansible_collections.netops.floating_ip.plugins.module_utils import _version

GALAXY = pathlib.Path(_version.__file__).parents[2] / "galaxy.yml"


def test_the_agent_reports_the_version_of_the_collection() -> None:
    assert yaml.safe_load(GALAXY.read_text())["version"] == _version.VERSION

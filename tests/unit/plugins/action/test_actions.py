# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import importlib
import pathlib

import pytest

from ansible_collections.netops.floating_ip.plugins import modules
from ansible_collections.netops.floating_ip.plugins.plugin_utils._in_place import InPlace

ACTIONS = "ansible_collections.netops.floating_ip.plugins.action"
MODULES = {file.stem for file in pathlib.Path(modules.__path__[0]).glob("floating_ip_*.py")}
WITH_ACTIONS_OF_THEIR_OWN = {"floating_ip_agent"}


@pytest.mark.parametrize("module", sorted(MODULES - WITH_ACTIONS_OF_THEIR_OWN))
def test_a_module_is_run_in_place_where_it_can_be(module: str) -> None:
    assert issubclass(importlib.import_module(f"{ACTIONS}.{module}").ActionModule, InPlace)

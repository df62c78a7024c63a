# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A look at the host that the tests run on, with an agent and definitions of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._operations.host_look import (
    Places,
    look_here,
)


@pytest.mark.parametrize(("code", "said"), [(0, ()), (3, ("db: unknown key probee.",))])
def test_the_agent_is_asked_about_the_definitions_there(
    tmp_path: Path, code: int, said: tuple[str, ...]
) -> None:
    agent, definitions = tmp_path / "floating-ip", tmp_path / "etc"
    agent.write_text(f'#!/bin/sh\necho "db: unknown key probee."\nexit {code}\n', encoding="utf-8")
    agent.chmod(0o755)
    definitions.mkdir()
    (definitions / "db.json").write_text('{"name": "db"}', encoding="utf-8")
    (definitions / "web.json").write_text("{", encoding="utf-8")
    found = look_here((), Places(str(agent), str(definitions)), is_asked=False)
    assert found.installed == {"db": {"name": "db"}, "web": None}
    assert found.refusals == said


def test_a_bare_host_has_no_definitions_and_no_objections(tmp_path: Path) -> None:
    found = look_here((), Places(str(tmp_path / "agent"), str(tmp_path / "etc")), is_asked=False)
    assert (found.installed, found.refusals) == ({}, ())

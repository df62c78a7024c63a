# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All that is watched, in one line."""

from __future__ import annotations

import pathlib
from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._engine.context import (
    Pause,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import (
    Decision,
    Verdict,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.summary import (
    status_line,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    floating_ip,
)


def line(stage: Stage) -> str:
    return status_line(stage.loop.watches.values(), stage.clock.now)


def test_one_floating_ip_is_told_in_full(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path)
    assert line(stage) == "db: It has not decided anything yet."
    assert line(stage.run(5)) == "db: a holds it and is up; b is ready"


def test_a_monitor_of_nothing_says_so() -> None:
    assert status_line((), 0.0).startswith("It watches nothing: no definition is left.")


def test_of_several_what_is_not_at_rest_comes_first(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, floating_ip(), floating_ip("web", 11)).run(5)
    assert line(stage) == "2 floating IPs, 0 not at rest. db: a holds it; web: a holds it"
    web = stage.loop.watches["web"]
    web.decision = Decision(Verdict.HOLD, "nobody is up", alarm=True)
    assert line(stage) == "2 floating IPs, 1 not at rest. web: nobody is up; db: a holds it"
    web.decision, web.pause = Decision(Verdict.HOLD, "paused by ann"), Pause("ann", "", "")
    assert "web: paused by ann; db" in line(stage)


def test_a_look_is_told_once_it_takes_long(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(5)
    watch = stage.loop.watches["db"]
    since = stage.clock.now
    watch.decision, watch.told.looking_since = Decision(Verdict.LOOK, "it is time"), since
    assert line(stage) == "db: a holds it and is up; b is ready"
    watch.told.looking_since -= 3
    assert line(stage) == "db: It looks at AWS: it is time"


def test_while_nobody_knows_who_this_host_is_it_says_so(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path).run(5)
    watch = stage.loop.watches["db"]
    watch.observer = replace(watch.observer, is_known=False)
    stage.run(7)
    assert "not known yet which target this host is, so nothing is moved" in line(stage)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which target this host is."""

from __future__ import annotations

import os
import pathlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.identity import (
    Identity,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Failure
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.decision import (
    Observer,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor import whereabouts
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.whereabouts import (
    Whereabouts,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.here import (
    remember,
    remembered,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual import (  # noqa: E501 - the path of a module
    Stage,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._monitor.virtual_parts import (  # noqa: E501 - the path of a module
    until,
)

HERE = Identity("i-1", "eu-west-1", "aws", ("eni-b",))
DOWN = AwsError(Failure.UNSENT, "NoMetadata", "Metadata", "The metadata service was silent.")


@dataclass
class Metadata:
    """A metadata service that says this, and then that."""

    answers: list[Identity | AwsError]
    asked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def __call__(self) -> Identity:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        self.asked.release()
        if isinstance(answer, AwsError):
            raise answer
        return answer


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Whereabouts]:
    """Begun, and heard of as often as there are answers."""
    monkeypatch.setattr(whereabouts, "FIRST_PAUSE", 0.001)

    def make(*answers: Identity | AwsError, boot: str = "boot") -> Whereabouts:
        heard = threading.Semaphore(0)
        made = Whereabouts(Metadata(list(answers)), str(tmp_path), boot, heard.release)
        made.begin()
        for _answer in answers:
            assert heard.acquire(timeout=10)
        made.close()
        return made

    return make


def test_it_is_told_as_soon_as_it_is_known(
    tmp_path: pathlib.Path, here: Callable[..., Whereabouts]
) -> None:
    stage = Stage(tmp_path)
    watch = stage.loop.watches["db"]
    here(DOWN).tell(stage.loop)
    assert watch.observer == Observer(None, is_known=False, problem=str(DOWN))
    here(DOWN, HERE).tell(stage.loop)
    assert watch.observer == Observer("b")
    assert stage.said(Kind.NOTICE) == ["This host, i-1, is b."]


def test_a_host_that_is_no_target_is_an_observer(
    tmp_path: pathlib.Path, here: Callable[..., Whereabouts]
) -> None:
    stage = Stage(tmp_path)
    here(Identity("i-9", "eu-west-1", "aws", ())).tell(stage.loop)
    assert stage.loop.watches["db"].observer == Observer(None)


def test_it_is_remembered_in_the_same_boot_and_asked_for_again(
    tmp_path: pathlib.Path, here: Callable[..., Whereabouts]
) -> None:
    stage = Stage(tmp_path)
    here(HERE)
    while remembered(str(tmp_path), "boot") is None:
        threading.Event().wait(0.001)
    again = here(DOWN)
    again.tell(stage.loop)
    assert stage.loop.watches["db"].observer == Observer("b")
    assert stage.said(Kind.NOTICE) == []  # it is no news
    here(DOWN, boot="another").tell(stage.loop)
    assert not stage.loop.watches["db"].observer.is_known


def test_a_directory_that_is_missing_is_no_obstacle(tmp_path: pathlib.Path) -> None:
    remember(str(tmp_path / "none"), HERE, "boot")
    assert os.listdir(tmp_path) == []


def test_while_it_is_unknown_nothing_is_written_and_then_at_once(tmp_path: pathlib.Path) -> None:
    stage = Stage(tmp_path, a=until(10, "+", "x"))
    watch = stage.loop.watches["db"]
    watch.observer = Observer(None, is_known=False, problem="Nobody answered.")
    stage.run(30)
    assert stage.moves() == [] and not set(stage.cloud.calls) & {"replace_route"}
    assert stage.sentence().endswith(
        "but it is not known yet which target this host is, so nothing is moved: Nobody answered"
    )
    assert stage.told["db"]["alarm"]
    watch.observer = Observer("b")
    stage.run(32)
    assert stage.holders() == {"b"}


def test_while_it_is_unknown_no_probe_of_a_target_is_an_answer(tmp_path: pathlib.Path) -> None:
    """b may be this very host: that it answers itself proves nothing of a."""
    stage = Stage(tmp_path, a=until(10, "+", "-"))
    stage.loop.watches["db"].observer = Observer(None, is_known=False)
    stage.at(9, lambda: setattr(stage.outage, "on", True))
    stage.run(60)
    assert stage.told["db"]["health"]["a"] == "unknown"

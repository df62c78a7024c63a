# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Optional

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.identity import Identity
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    Aws,
    FloatingIp,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Failure
from ansible_collections.netops.floating_ip.plugins.module_utils._operations import here
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.here import (
    REMEMBERED,
    identify,
    placed,
    remembered,
    target_of,
)

US = Identity("i-1", "eu-west-1", "aws", ("eni-1", "eni-9"))
Answer = Callable[[Optional[Identity]], None]


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """What the metadata service says; None: nothing."""

    def says(found: Identity | None) -> None:
        def ask(_timeout: float) -> Identity:
            if found is None:
                raise AwsError(Failure.UNSENT, "NoMetadata", "Metadata", "Nobody answered.")
            return found

        monkeypatch.setattr(here, "identity", ask)

    return says


def definition(*targets: Target) -> FloatingIp:
    return FloatingIp("db", ("100.64.10.10",), targets)


@pytest.mark.parametrize(
    ("targets", "wanted"),
    [
        ((Target("a", "eni-2"), Target("b", "eni-9")), "b"),
        ((Target("a", instance_id="i-1"), Target("b", instance_id="i-2")), "a"),
        ((Target("a", instance_id="i-1"), Target("b", "eni-9")), "b"),  # it was moved here
        ((Target("a", "eni-2"), Target("b", instance_id="i-2")), None),
        ((Target("a"), Target("b")), None),
    ],
)
def test_we_are_the_target_with_our_interface_or_our_instance(
    targets: tuple[Target, ...], wanted: str | None
) -> None:
    assert target_of(definition(*targets), US) == wanted


def test_a_definition_without_a_region_is_in_ours() -> None:
    one = definition()
    assert placed(one, US).aws == Aws(region="eu-west-1")
    given = FloatingIp("db", (), (), aws=Aws(region="eu-north-1", role_arn="arn"))
    assert placed(given, US) == given


def test_an_answer_is_remembered_for_when_there_is_none(answer: Answer, tmp_path: Path) -> None:
    answer(US)
    assert identify(str(tmp_path)) == US
    answer(None)
    assert identify(str(tmp_path)) == US


def test_a_new_answer_counts_more_than_the_remembered_one(answer: Answer, tmp_path: Path) -> None:
    answer(US)
    identify(str(tmp_path))
    moved = Identity("i-1", "eu-west-1", "aws", ("eni-1",))
    answer(moved)
    assert identify(str(tmp_path)) == moved == remembered(str(tmp_path))


def test_what_another_boot_was_told_is_not_believed(
    answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(US)
    identify(str(tmp_path))
    monkeypatch.setattr(here, "boot_id", lambda: "another")
    answer(None)
    with pytest.raises(AwsError):
        identify(str(tmp_path))


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"boot_id": 1}', '{"boot_id": null, "x": 1}'])
def test_a_broken_memory_is_none(tmp_path: Path, broken: str) -> None:
    (tmp_path / REMEMBERED).write_text(broken)
    assert remembered(str(tmp_path)) is None


def test_without_a_place_to_remember_it_is_asked_each_time(answer: Answer, tmp_path: Path) -> None:
    answer(US)
    assert identify() == US
    assert identify(str(tmp_path / "missing")) == US
    answer(None)
    with pytest.raises(AwsError, match="Nobody answered"):
        identify()

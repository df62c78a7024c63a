# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._ansible.answer import (
    Answer,
    Refused,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._ansible.plain import finish
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.error import (
    DefinitionError,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Failure


class FakeModule:
    """Takes what a module would say to Ansible."""

    def __init__(self) -> None:
        self.said: tuple[str, dict[str, Any]] = ("", {})
        self.warned: list[str] = []

    def exit_json(self, **result: Any) -> None:
        self.said = "exit", result

    def fail_json(self, **result: Any) -> None:
        self.said = "fail", result

    def warn(self, text: str) -> None:
        self.warned.append(text)


def ended(work: Any) -> FakeModule:
    module = FakeModule()
    finish(module, work)
    return module


def test_what_worked_exits_and_what_did_not_fails_with_all_values() -> None:
    for failed, end in ((False, "exit"), (True, "fail")):
        answer = Answer("Said.", changed=True, failed=failed, values={"a": 1}, warnings=["Hm."])
        module = ended(lambda answer=answer: answer)
        assert module.said == (end, {"msg": "Said.", "changed": True, "a": 1})
        assert module.warned == ["Hm."]


@pytest.mark.parametrize(
    "error",
    [
        Refused("Do this."),
        DefinitionError(["Do this."]),
        AwsError(Failure.DENIED, "X", "DescribeVpcs", "Do this."),
    ],
)
def test_what_was_expected_to_go_wrong_is_a_sentence(error: Exception) -> None:
    def work() -> Answer:
        raise error

    assert ended(work).said == ("fail", {"msg": "Do this.", "changed": False})


def test_a_mistake_of_ours_is_not_hidden() -> None:
    def work() -> Answer:
        raise KeyError("oops")

    with pytest.raises(KeyError):
        ended(work)

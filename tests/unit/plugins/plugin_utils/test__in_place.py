# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible.errors import AnsibleActionFail

from ansible_collections.netops.floating_ip.plugins.plugin_utils._in_place import answer_in


def test_a_module_s_answer_is_the_object_that_it_prints() -> None:
    assert answer_in('\n{"changed": true}\n', "", 0) == {"changed": True}


@pytest.mark.parametrize("said", ["", "no answer", "[1]"])
def test_a_module_that_dies_without_an_answer_has_failed_and_its_last_words_are_told(
    said: str,
) -> None:
    with pytest.raises(AnsibleActionFail, match=r"code 137 and without an answer.*Killed"):
        answer_in(said, "Killed\n", 137)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the emulator share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

FLOATING = "100.64.10.10/32"


def _refused(code: str, function: Callable[..., Any], **params: Any) -> str:
    with pytest.raises(ClientError) as caught:
        function(**params)
    assert caught.value.response["Error"]["Code"] == code, caught.value
    return str(caught.value.response["Error"]["Message"])


@pytest.fixture
def refused() -> Callable[..., str]:
    """`refused(code, function, **params)`: AWS refuses with that code; its message comes back."""
    return _refused


@pytest.fixture
def unchanged(emulator: Any) -> Callable[..., None]:
    """`unchanged(function, *args, **params)`: whatever it does, the state is as it was."""

    def check(function: Callable[..., Any], *args: Any, **params: Any) -> None:
        before = emulator.state()
        function(*args, **params)
        assert emulator.state() == before

    return check

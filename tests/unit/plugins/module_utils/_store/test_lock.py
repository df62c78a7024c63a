# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pathlib

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._store.lock import (
    Busy,
    Patience,
    locked,
)


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def patience(clock: Clock, seconds: float = 1.0) -> Patience:
    return Patience(seconds, lambda: clock.now, clock.sleep)


def test_a_held_lock_is_waited_for_a_while(tmp_path: pathlib.Path) -> None:
    path, clock = str(tmp_path / "db.lock"), Clock()
    with locked(path, patience(clock)):
        with (
            pytest.raises(Busy, match=r"has held .*db\.lock for 1 s"),
            locked(path, patience(clock)),
        ):
            pass
        assert clock.now == pytest.approx(1.0, abs=0.01)


def test_a_lock_is_free_after_its_block_whatever_happened_there(tmp_path: pathlib.Path) -> None:
    path, clock = str(tmp_path / "db.lock"), Clock()
    with pytest.raises(KeyError), locked(path, patience(clock)):
        raise KeyError
    with locked(path, patience(clock)):
        assert clock.now == 0.0


def test_a_lock_that_gets_free_is_taken(tmp_path: pathlib.Path) -> None:
    path, clock = str(tmp_path / "db.lock"), Clock()
    first = locked(path, patience(clock))
    first.__enter__()

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        first.__exit__(None, None, None)

    with locked(path, Patience(1.0, lambda: clock.now, sleep)):
        assert 0 < clock.now < 0.1


def test_a_symbolic_link_is_no_lock(tmp_path: pathlib.Path) -> None:
    (tmp_path / "db.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError), locked(str(tmp_path / "db.lock"), patience(Clock())):
        pass
    assert not (tmp_path / "elsewhere").exists()

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The chapters measured so far, kept in files: one that is measured again replaces itself."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path

from .chapter import Chapter, from_json, to_json


class Book:
    """`folder` holds a file for each chapter. Any thread may put one in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def clear(self) -> None:
        for file in self._folder.glob("*.json"):
            file.unlink()

    def put(self, chapter: Chapter) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._lock:
            file = self._folder / f"{chapter.name}.json"
            file.write_text(json.dumps(to_json(chapter), indent=1) + "\n", encoding="utf-8")

    def chapters(self, names: Sequence[str]) -> tuple[Chapter, ...]:
        """Those of these names that there are, in this order."""
        files = [self._folder / f"{name}.json" for name in names]
        with self._lock:
            return tuple(from_json(json.loads(file.read_text())) for file in files if file.exists())

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The files of a judged drill: JSON for programs, JUnit for pipelines, a page for people."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from pathlib import Path

from .drill_page import junit_of, page_of
from .drill_story import Values

ENDINGS = (".json", ".xml", ".html")
_STAMP = re.compile(r"-\d{8}T\d{6}Z\Z")


def stem_of(name: str, began: float) -> str:
    """The name of a drill's files without their endings: `db-20260131T120000Z`."""
    moment = datetime.datetime.fromtimestamp(began, tz=datetime.timezone.utc)
    return f"{name}-{moment:%Y%m%dT%H%M%SZ}"


def text_of(drills: Sequence[Values], ending: str) -> str:
    """The content of the file with that ending."""
    if ending == ".html":
        return page_of(drills)
    if ending == ".xml":
        return junit_of(drills)
    return json.dumps({"version": 1, "drills": list(drills)}, indent=1, sort_keys=True) + "\n"


def write(directory: Path, drill: Values, kept: int) -> tuple[Path, ...]:
    """Write the three files, and remove those of all but the `kept` newest drills. OSError."""
    directory.mkdir(mode=0o755, parents=True, exist_ok=True)
    name = str(drill["plan"]["floating_ip"])
    files = tuple(directory / (stem_of(name, drill["began"]) + one) for one in ENDINGS)
    for file in files:
        file.write_text(text_of([drill], file.suffix), encoding="utf-8")
    _prune(directory, name, kept)
    return files


def _prune(directory: Path, name: str, kept: int) -> None:
    ours = {
        file.stem
        for file in directory.glob(f"{name}-*.html")
        if _STAMP.match(file.stem[len(name) :])
    }
    for stem in sorted(ours)[: max(0, len(ours) - kept)]:
        for ending in ENDINGS:
            (directory / f"{stem}{ending}").unlink(missing_ok=True)

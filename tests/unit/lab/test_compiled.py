# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import marshal
import subprocess
import sys
import zipfile
from pathlib import Path

from ansible_collections.netops.floating_ip.tests.lab.compiled import keeping

PROGRAM = """
from __future__ import annotations
import sys
_ANSIBALLZ_WRAPPER = True
sys.path.insert(0, {archive!r})
import sent
print(__name__, sent.SAID)
"""


def run(folder: Path, source: str) -> str:
    """What it prints, once as Ansible sends it: with a module in an archive."""
    archive = folder / "payload.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("sent.py", source)
    program = keeping(PROGRAM.format(archive=str(archive)).encode(), str(folder / "kept"))
    done = subprocess.run([sys.executable], input=program, capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_a_module_is_compiled_once(tmp_path: Path) -> None:
    source = "SAID = 'by its source'"
    assert run(tmp_path, source) == "__main__ by its source"
    (kept,) = (tmp_path / "kept").iterdir()
    kept.write_bytes(marshal.dumps(compile("SAID = 'as it was kept'", "sent.py", "exec")))
    assert run(tmp_path, source) == "__main__ as it was kept"


def test_another_source_is_compiled_anew(tmp_path: Path) -> None:
    assert run(tmp_path, "SAID = 1") == "__main__ 1"
    assert run(tmp_path, "SAID = 2") == "__main__ 2"


def test_where_nothing_can_be_kept_it_runs_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("no folder")
    assert run(tmp_path, "SAID = 1") == "__main__ 1"


def test_what_is_no_module_stays_as_it_is() -> None:
    assert keeping(b"some text") == b"some text"

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The agent's file: complete, runnable on its own, and the same bytes whenever the sources are."""

from __future__ import annotations

import io
import os
import pathlib
import re
import subprocess
import sys
import zipfile

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._cli import start
from ansible_collections.netops.floating_ip.plugins.plugin_utils import _bundle

MAIN = """
import sys
from .. import _version
def main():
    print(_version.VERSION, sys.argv[1:])
    return 3
"""


@pytest.fixture
def sources(tmp_path: pathlib.Path) -> pathlib.Path:
    """A module_utils of the same shape as the real one, with a command line that only answers."""
    files = {
        "__init__.py": "",
        "_version.py": "VERSION = '1.2.3'\n",
        "_cli/__init__.py": "",
        "_cli/main.py": MAIN,
        "_cli/start.py": pathlib.Path(start.__file__).read_text(),
        "_ansible/plain.py": "import ansible\n",
    }
    for name, text in files.items():
        path = tmp_path / "module_utils" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "module_utils"


def run(agent: pathlib.Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it as on a bare host: without this environment's packages, and isolated."""
    command = [sys.executable, "-I", "-S", str(agent), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def names(bundle: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(bundle)).namelist()


def test_the_bundle_runs_where_nothing_is_installed(
    sources: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    agent = tmp_path / "floating-ip"
    agent.write_bytes(_bundle.build(sources))
    answer = run(agent, "status", "--json")
    assert (answer.stdout, answer.stderr) == ("1.2.3 ['status', '--json']\n", "")
    assert answer.returncode == 3  # the exit code is the command line's own


def test_what_only_ansible_can_run_stays_behind(sources: pathlib.Path) -> None:
    assert not [name for name in names(_bundle.build(sources)) if "_ansible" in name]


def test_times_and_modes_of_the_files_do_not_change_the_bytes(
    sources: pathlib.Path,
) -> None:
    before = _bundle.build(sources)
    for path in sources.rglob("*.py"):
        os.utime(path, (1, 1))
        path.chmod(0o600)
    assert _bundle.build(sources) == before


def test_another_source_gives_other_bytes(sources: pathlib.Path) -> None:
    before = _bundle.build(sources)
    (sources / "_version.py").write_text("VERSION = '1.2.4'\n")
    assert _bundle.build(sources) != before


def digest_in(bundle: bytes) -> str:
    """What the start of it looks for a compiled copy by."""
    main = zipfile.ZipFile(io.BytesIO(bundle)).read("__main__.py").decode()
    (found,) = re.findall(r'^DIGEST = "(\w*)"', main, re.MULTILINE)
    return str(found)


def test_its_start_knows_the_digest_of_just_these_sources(sources: pathlib.Path) -> None:
    before = digest_in(_bundle.build(sources))
    assert re.fullmatch("[0-9a-f]{16}", before)
    assert digest_in(_bundle.build(sources)) == before
    (sources / "_version.py").write_text("VERSION = '1.2.4'\n")
    assert digest_in(_bundle.build(sources)) != before


@pytest.mark.parametrize("needed", ["main.py", "start.py"])
def test_sources_without_a_command_line_are_refused(sources: pathlib.Path, needed: str) -> None:
    (sources / "_cli" / needed).unlink()
    with pytest.raises(FileNotFoundError, match=f"holds no _cli/{needed}"):
        _bundle.build(sources)


def test_a_start_that_cannot_be_told_the_digest_is_refused(sources: pathlib.Path) -> None:
    (sources / "_cli" / "start.py").write_text("DIGEST = None\n")
    with pytest.raises(ValueError, match="has no line DIGEST"):
        _bundle.build(sources)


def test_compiled_files_are_left_out(sources: pathlib.Path) -> None:
    (sources / "__pycache__").mkdir()
    (sources / "__pycache__" / "_version.cpython-311.pyc").write_bytes(b"x")
    assert all(name.endswith(".py") for name in names(_bundle.build(sources)))

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which code runs when the archive is started: only what can be trusted as much as the archive."""

from __future__ import annotations

import os
import pathlib
import zipfile

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._cli import start
from ansible_collections.netops.floating_ip.plugins.module_utils._cli.packed import (
    compile_archive,
    is_compiled,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._cli.packed_agent import (  # noqa: E501 - the path of a module
    Packed,
    pack,
)


@pytest.fixture
def packed(tmp_path: pathlib.Path) -> Packed:
    made = pack(tmp_path)
    compile_archive(made.file, made.key)
    return made


def test_the_archive_alone_runs(tmp_path: pathlib.Path) -> None:
    made = pack(tmp_path)
    assert made.run() == f"{made.file}/floating_ip/_cli/main.py"


def test_a_compiled_copy_beside_it_is_run_instead(packed: Packed) -> None:
    assert packed.run() == f"{packed.copy}/floating_ip/_cli/main.pyc"


def test_it_is_found_through_a_link_too(packed: Packed, tmp_path: pathlib.Path) -> None:
    link = tmp_path / "elsewhere" / "floating-ip"
    link.parent.mkdir()
    link.symlink_to(packed.file)
    assert packed.run(link) == f"{packed.copy}/floating_ip/_cli/main.pyc"


def test_the_copy_of_other_sources_is_not_run(packed: Packed, tmp_path: pathlib.Path) -> None:
    other = pack(tmp_path / "other", "def main(): return 3\n")
    packed.file.write_bytes(other.file.read_bytes())
    assert packed.run() == ""


def test_a_copy_that_others_may_write_is_not_run(packed: Packed) -> None:
    for mode, is_trusted in {0o644: True, 0o664: False, 0o646: False}.items():
        packed.copy.chmod(mode)
        assert start.is_trusted(str(packed.copy), str(packed.file)) is is_trusted
    assert packed.run().startswith(str(packed.file))
    assert not is_compiled(packed.file, packed.key)


def test_a_copy_that_is_a_link_is_not_run(packed: Packed, tmp_path: pathlib.Path) -> None:
    packed.copy.rename(tmp_path / "real.zip")
    packed.copy.symlink_to(tmp_path / "real.zip")
    assert packed.run().startswith(str(packed.file))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize(
    ("archive", "copy", "is_trusted"),
    [(0, 0, True), (0, 65534, False), (65534, 65534, True), (65534, 0, True), (65534, 1, False)],
)
def test_only_root_and_the_archive_s_owner_are_trusted(
    packed: Packed, archive: int, copy: int, is_trusted: bool
) -> None:
    os.chown(packed.file, archive, archive)
    os.chown(packed.copy, copy, copy)
    assert start.is_trusted(str(packed.copy), str(packed.file)) is is_trusted


@pytest.mark.parametrize("broken", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_a_copy_that_does_not_load_is_no_obstacle(packed: Packed, broken: bytes) -> None:
    packed.copy.write_bytes(broken)
    assert packed.run().startswith(str(packed.file))
    assert not is_compiled(packed.file, packed.key)


def test_a_copy_of_which_only_a_part_loads_is_no_obstacle(packed: Packed) -> None:
    with zipfile.ZipFile(packed.copy) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts["floating_ip/_cli/main.pyc"] = parts["floating_ip/_cli/main.pyc"][:20]
    with zipfile.ZipFile(packed.copy, "w") as broken:
        for name, data in parts.items():
            broken.writestr(name, data)
    assert packed.run().startswith(str(packed.file))


def test_a_copy_by_another_python_is_no_obstacle(packed: Packed) -> None:
    """The name says which Python it is for; should that lie, the file's own number does not."""
    data = packed.copy.read_bytes()
    from importlib.util import MAGIC_NUMBER

    packed.copy.write_bytes(data.replace(MAGIC_NUMBER + bytes(12), b"\x00\x00\r\n" + bytes(12)))
    assert packed.run().startswith(str(packed.file))


def test_an_error_of_the_program_itself_is_not_hidden(tmp_path: pathlib.Path) -> None:
    made = pack(tmp_path, "def main(): raise ValueError('mine')\n")
    compile_archive(made.file, made.key)
    with pytest.raises(AssertionError, match="mine"):
        made.run()


def test_a_program_that_is_not_packed_has_no_archive() -> None:
    assert start.archive() is None and start.digest() == ""

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import pathlib
import stat
import zipfile

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._cli import prepare
from ansible_collections.netops.floating_ip.plugins.module_utils._cli.packed import (
    compile_archive,
    copies,
    is_compiled,
    write_whole,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._cli.conftest import (
    Host,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._cli.packed_agent import (  # noqa: E501 - the path of a module
    Packed,
    pack,
)


@pytest.fixture
def packed(tmp_path: pathlib.Path) -> Packed:
    return pack(tmp_path)


@pytest.fixture
def started(packed: Packed, host: Host, monkeypatch: pytest.MonkeyPatch) -> Host:
    """A host whose command line was started from that archive."""
    models: list[str] = []

    def keep(directory: str) -> str:
        models.append(directory)
        return directory

    monkeypatch.setattr(prepare, "archive", lambda: packed.file)
    monkeypatch.setattr(prepare, "digest", lambda: packed.key)
    monkeypatch.setattr(prepare, "kept_short_model", lambda _home: models[-1] if models else None)
    monkeypatch.setattr(prepare, "short_model", keep)
    return host


@pytest.mark.parametrize("umask", [0, 0o077])
def test_everybody_can_read_the_copy_and_nobody_else_write_it(packed: Packed, umask: int) -> None:
    before = os.umask(umask)
    try:
        compile_archive(packed.file, packed.key)
    finally:
        os.umask(before)
    assert stat.S_IMODE(packed.copy.stat().st_mode) == 0o644
    assert is_compiled(packed.file, packed.key)


def test_the_copy_holds_all_of_the_package_and_no_source(packed: Packed) -> None:
    compile_archive(packed.file, packed.key)
    with zipfile.ZipFile(packed.file) as sources, zipfile.ZipFile(packed.copy) as copy:
        wanted = [name for name in sources.namelist() if name != "__main__.py"]
        assert copy.namelist() == [f"{name}c" for name in wanted]


def test_a_damaged_copy_is_seen(packed: Packed) -> None:
    compile_archive(packed.file, packed.key)
    data = bytearray(packed.copy.read_bytes())
    data[len(data) // 2] ^= 0xFF
    packed.copy.write_bytes(bytes(data))
    assert not is_compiled(packed.file, packed.key)


def test_of_older_versions_only_the_last_one_stays_which_a_monitor_may_still_run(
    packed: Packed,
) -> None:
    older = [packed.file.with_name(f"floating-ip.{n:016x}.cpython-311.zip") for n in range(3)]
    theirs = packed.file.with_name("floating-ip.backup.zip")
    for age, file in enumerate([*reversed(older), theirs]):
        file.write_text("")
        os.utime(file, (1000 - age, 1000 - age))
    compile_archive(packed.file, packed.key)
    assert set(copies(packed.file)) == {packed.copy, older[2]}
    assert theirs.exists()


def test_a_write_that_fails_leaves_nothing_beside(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "copy.zip", b"data")
    assert list(tmp_path.iterdir()) == []


def test_prepare_makes_both_once(started: Host, packed: Packed) -> None:
    foretold = started.run("prepare", "--check", "--json")
    assert foretold.json["changed"] and copies(packed.file) == []
    done = started.run("prepare", "--json")
    assert done.code == 0 and done.json["changed"] and done.json["problems"] == []
    again = started.run("prepare", "--json")
    assert not again.json["changed"]
    assert set(again.json["prepared"].values()) == {"there"}


def test_what_cannot_be_written_is_told_and_keeps_nothing_else_back(
    started: Host, packed: Packed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_given: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(prepare, "compile_archive", denied)
    done = started.run("prepare", "--json")
    assert done.code == 1 and "run this as the owner of" in done.err
    assert done.json["prepared"] == {"compiled copy": "missing", "short model": "made"}


def test_without_botocore_there_is_no_model_and_no_failure(
    started: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_home: str) -> None:
        raise ImportError("No module named 'botocore'")

    monkeypatch.setattr(prepare, "kept_short_model", missing)
    done = started.run("prepare")
    assert done.code == 0 and "no botocore to make it of" in done.out


def test_undo_leaves_the_archive_alone(started: Host, packed: Packed) -> None:
    started.run("prepare")
    model = packed.file.parent / "botocore-1.2.3" / "ec2" / "2016-11-15" / "service-2.json"
    model.parent.mkdir(parents=True)
    model.write_text("{}")
    done = started.run("prepare", "--undo", "--json")
    assert done.code == 0 and set(done.json["prepared"].values()) == {"removed"}
    assert packed.file.exists() and not model.parents[2].exists()
    assert copies(packed.file) == []
    assert not started.run("prepare", "--undo", "--json").json["changed"]


def test_an_agent_that_is_not_packed_is_not_prepared(host: Host) -> None:
    done = host.run("prepare")
    assert done.code == 4 and "runs from a directory" in done.err

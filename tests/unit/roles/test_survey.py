# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role's look at a host, and what the rest of the role makes of it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._cli import installed
from ansible_collections.netops.floating_ip.tests.dev.workspace import ROOT

ROLE = ROOT / "roles" / "floating_ip_monitor"
KINDS = ("service", "timer")
SURVEY = ROLE / "files" / "survey.py"
TEXTS = "".join(
    path.read_text() for kind in ("tasks", "vars", "handlers") for path in (ROLE / kind).iterdir()
)


@pytest.fixture
def survey() -> ModuleType:
    """A copy of its own, whose constants a test may set."""
    spec = importlib.util.spec_from_file_location("survey", SURVEY)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def found() -> dict[str, object]:
    """What it says of this machine, run as the role runs it."""
    command = [sys.executable, "-I", "-"]
    run = subprocess.run(command, input=SURVEY.read_bytes(), capture_output=True, check=True)
    return dict(json.loads(run.stdout))


def test_the_role_asks_for_nothing_that_the_survey_does_not_say() -> None:
    asked = set(re.findall(r"__floating_ip_monitor_found\.(\w+)", TEXTS))
    assert asked == set(found()) - {"others"} | {"others"}


def test_the_survey_looks_where_the_role_writes(survey: ModuleType) -> None:
    for path in (*survey.FILES, *survey.DIRECTORIES, survey.VENV):
        assert path in TEXTS, path


def test_the_survey_looks_where_the_agent_reads(survey: ModuleType) -> None:
    assert (survey.DEFINITIONS, survey.CONTEXT) == (installed.DEFINITIONS, installed.CONTEXT)


def test_a_fingerprint_is_what_the_role_compares(survey: ModuleType, tmp_path: Path) -> None:
    """See __floating_ip_monitor_right: mode, owner, digest."""
    file = tmp_path / "file"
    file.write_text("text\n")
    file.chmod(0o640)
    digest = hashlib.sha256(b"text\n").hexdigest()
    owner = f"{file.stat().st_uid}:{file.stat().st_gid}"
    assert survey.fingerprint(str(file)) == f"0640 {owner} {digest}"


def test_what_is_no_file_has_no_fingerprint(survey: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("text\n")
    (tmp_path / "link").symlink_to(file)
    assert survey.fingerprint(str(tmp_path / "link")) == ""
    assert survey.fingerprint(str(tmp_path)) == ""
    assert survey.fingerprint(str(tmp_path / "none")) == ""


def test_whose_the_addresses_are_is_told_by_definition(survey: ModuleType, tmp_path: Path) -> None:
    survey.DEFINITIONS = str(tmp_path)
    aws = {"region": "eu-west-1", "endpoint_url": None}
    text = json.dumps({"name": "db", "addresses": ["100.64.10.10", "fd12::10"], "aws": aws})
    (tmp_path / "db.json").write_text(text)
    for number, odd in enumerate(("", "[]", '{"aws": 5}', '{"aws": {}, "addresses": 5}')):
        (tmp_path / f"odd{number}.json").write_text(odd)
    whose = [["eu-west-1", "", "100.64.10.10"], ["eu-west-1", "", "fd12::10"]]
    assert {name: one for name, one in survey.places().items() if one} == {"db": whose}


def test_only_the_roles_own_drills_are_its_own(survey: ModuleType, tmp_path: Path) -> None:
    survey.UNITS = str(tmp_path)
    survey.DRILL = survey.DRILL.replace("/etc/systemd/system", str(tmp_path))
    for name, text in (("db", survey.OURS), ("own", "[Timer]"), ("", survey.OURS)):
        (tmp_path / f"floating-ip-drill@{name}.timer").write_text(f"# {text};\n")
    assert survey.drills() == ["db"]
    heads = [(ROLE / "templates" / f"floating-ip-drill.{kind}.j2").read_text() for kind in KINDS]
    assert [survey.OURS in head.splitlines()[0] for head in heads] == [True, True]


@pytest.mark.parametrize(
    ("version", "good"),
    [("1.29.27", True), ("1.29.0rc1", True), ("1.28.99", False), ("0.99.1", False), ("2.0", True)],
)
def test_the_oldest_botocore(
    survey: ModuleType, monkeypatch: pytest.MonkeyPatch, version: str, good: bool
) -> None:
    botocore = ModuleType("botocore")
    botocore.__dict__["__version__"] = version
    monkeypatch.setattr(survey, "import_module", lambda _name: botocore)
    assert survey.has_boto3() is good


def test_what_a_removed_botocore_has_left_is_none(
    survey: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders of compiled files, which Python takes for a package without anything in it."""
    monkeypatch.setattr(survey, "import_module", ModuleType)
    assert survey.has_boto3() is False


def test_without_boto3_there_is_none(survey: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "find_spec", lambda name: None if name == "boto3" else object())
    assert survey.has_boto3() is False


@pytest.mark.parametrize(
    ("limits", "may"), [("0\t2147483647", True), ("1\t0", False), ("7\t7", True), ("", False)]
)
def test_who_may_ping(
    survey: ModuleType, monkeypatch: pytest.MonkeyPatch, limits: str, may: bool
) -> None:
    monkeypatch.setattr(survey, "text_of", lambda _path: limits)
    assert survey.may_ping((5, 7)) is may
    assert survey.may_ping(()) is False


def test_directories_are_right_only_with_owner_and_mode(
    survey: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    context = tmp_path / "context"
    context.mkdir(0o750)
    context.chmod(0o750)
    owner = (context.stat().st_uid, context.stat().st_gid)
    monkeypatch.setattr(survey, "CONTEXT", str(context))
    monkeypatch.setattr(survey, "DIRECTORIES", {str(context): 0o750})
    assert survey.has_directories(owner) is True
    assert survey.has_directories((owner[0] + 1, owner[1])) is False
    context.chmod(0o700)
    assert survey.has_directories(owner) is False
    context.rmdir()
    assert survey.has_directories(owner) is False


@pytest.mark.parametrize(
    ("started", "written", "needs", "stale"),
    [
        (60, 90, "no", False),
        (60, 10, "no", True),  # the unit was written after the start
        (60, 90, "yes", True),
        (None, 10, "no", False),  # it does not run
        (60, None, "no", False),  # there is no unit
    ],
)
def test_a_service_is_stale_if_its_unit_is_newer(
    survey: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    started: int | None,
    written: int | None,
    needs: str,
    stale: bool,
) -> None:
    """Both in seconds ago."""
    unit = tmp_path / "unit"
    monkeypatch.setattr(survey, "UNIT", str(unit))
    if written is not None:
        unit.write_text("")
        os.utime(unit, (time.time() - written,) * 2)
    at = 0 if started is None else int((time.monotonic() - started) * 1e6)
    service = {"ExecMainStartTimestampMonotonic": str(at), "NeedDaemonReload": needs}
    assert survey.is_stale(service) is stale


@pytest.mark.parametrize(
    ("changed", "written", "behind"),
    [
        (60, {"db.json": 90, ".deployed": 61}, False),
        (60, {"db.json": 90, "web.json": 59}, True),
        (60, {"db.json": 90, ".deployed": 59}, True),  # one was removed
        (60, {"db.json": 90, "notes.txt": 10}, False),
        (60, {}, False),
        (None, {"db.json": 10}, False),  # it does not run
    ],
)
def test_a_monitor_is_behind_if_a_definition_is_newer_than_its_last_reading(
    survey: ModuleType,
    tmp_path: Path,
    changed: int | None,
    written: dict[str, int],
    behind: bool,
) -> None:
    """All in seconds ago. A reload is a change of state to systemd, and so is a new window."""
    survey.DEFINITIONS, survey.DEPLOYED = str(tmp_path), str(tmp_path / ".deployed")
    for name, age in written.items():
        (tmp_path / name).write_text("{}")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    at = 0 if changed is None else int((time.monotonic() - changed) * 1e6)
    assert survey.is_behind({"StateChangeTimestampMonotonic": str(at)}) is behind

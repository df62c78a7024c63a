# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The definitions of a host."""

from __future__ import annotations

import io
import json
import pathlib
import sys

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._cli.codes import Refused
from ansible_collections.netops.floating_ip.plugins.module_utils._cli.installed import (
    Settings,
    chosen,
    chosen_of_file,
    load,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._cli.conftest import (
    Host,
)


def names(host: Host, *wanted: str) -> list[str]:
    settings = Settings(host.definitions, host.context, as_json=False)
    return [one.name for one in chosen(settings, wanted)]


def test_an_empty_directory_and_a_missing_one_are_refused(tmp_path: pathlib.Path) -> None:
    for directory in (tmp_path, tmp_path / "missing"):
        with pytest.raises(Refused, match="There is no definition in"):
            load(directory)


@pytest.mark.parametrize("text", ["", "nonsense", '{"name": "web"}', "[]", "[" * 100_000])
def test_one_bad_file_stops_only_its_own(host: Host, text: str) -> None:
    (host.definitions / "web.json").write_text(text, encoding="utf-8")
    loaded = load(host.definitions)
    assert [one.name for one in loaded.definitions] == ["db"]
    assert [path.name for path in loaded.problems] == ["web.json"]
    assert names(host) == ["db"]
    assert "web.json" in host.capsys.readouterr().err


def test_a_directory_in_place_of_a_file_is_a_problem_too(host: Host) -> None:
    (host.definitions / "web.json").mkdir()
    assert len(load(host.definitions).problems) == 1


def test_of_two_files_with_one_name_the_first_counts(host: Host) -> None:
    host.define("other.json")
    loaded = load(host.definitions)
    assert len(loaded.definitions) == 1
    assert "is taken by an earlier entry" in next(iter(loaded.problems.values()))


def test_two_floating_ips_cannot_have_one_address(host: Host) -> None:
    host.define("web.json", name="web")
    loaded = load(host.definitions)
    assert [one.name for one in loaded.definitions] == ["db"]
    assert "which is the address of db" in next(iter(loaded.problems.values()))


def test_but_one_that_is_to_be_absent_does_not_stand_in_its_way(host: Host) -> None:
    host.define("aaa.json", name="aaa", state="absent")
    loaded = load(host.definitions)
    assert ([one.name for one in loaded.definitions], loaded.problems) == (["aaa", "db"], {})


def test_one_that_is_to_be_absent_is_not_chosen(host: Host) -> None:
    host.define("web.json", name="web", addresses=["100.64.10.11"], state="absent")
    assert names(host) == ["db"]
    with pytest.raises(Refused, match="No floating IP is called 'web'"):
        names(host, "web")


def test_a_name_that_is_unknown_is_refused_with_a_suggestion(host: Host) -> None:
    with pytest.raises(Refused, match="Did you mean db"):
        names(host, "dbb")


def test_definitions_may_come_from_elsewhere(
    host: Host, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a deploy has them probed before they are installed."""
    raw = json.loads((host.definitions / "db.json").read_text(encoding="utf-8"))
    text = json.dumps([raw, {**raw, "name": "old", "addresses": ["100.64.9.9"], "state": "absent"}])
    (tmp_path / "new.json").write_text(text, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    for file in (str(tmp_path / "new.json"), "-"):
        assert [one.name for one in chosen_of_file(file, ())] == ["db"]
    with pytest.raises(Refused, match="No floating IP is called 'web'"):
        chosen_of_file(str(tmp_path / "new.json"), ("web",))


@pytest.mark.parametrize("text", ["", "nonsense", '[{"name": "web"}]', "[" * 100_000])
def test_what_is_no_list_of_definitions_is_refused(tmp_path: pathlib.Path, text: str) -> None:
    (tmp_path / "new.json").write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=r"new\.json"):
        chosen_of_file(str(tmp_path / "new.json"), ())
    with pytest.raises(Refused, match="cannot be read"):
        chosen_of_file(str(tmp_path / "none.json"), ())

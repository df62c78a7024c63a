# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command line as a whole."""

from __future__ import annotations

import argparse
import re

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._cli import codes
from ansible_collections.netops.floating_ip.plugins.module_utils._cli import main as module
from ansible_collections.netops.floating_ip.plugins.module_utils._cli.codes import Refused
from ansible_collections.netops.floating_ip.plugins.module_utils._cli.main import (
    EXIT_CODES,
    VERBS,
    main,
    parser,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Failure
from ansible_collections.netops.floating_ip.tests.dev.workspace import ROOT


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_that_says_what_it_does_and_how_it_ends(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert "exit codes:" in told and "--json" in told and "--context" in told
    assert len(told.split("\n\n")[1]) > 30  # the description


def test_every_exit_code_is_told_by_the_help_and_by_the_documents() -> None:
    known = [str(code) for code in vars(codes).values() if isinstance(code, int)]
    assert known == re.findall(r"^  (\d+)", EXIT_CODES, re.MULTILINE)
    document = (ROOT / "docs" / "agent.md").read_text(encoding="utf-8")
    assert known == re.findall(r"^\| (\d+) \|", document, re.MULTILINE)


def test_the_help_of_all_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert [verb for verb in VERBS if f"    {verb}" not in told] == []


def test_the_parser_of_one_verb_is_that_of_all() -> None:
    for verb in VERBS:
        alone, among = (
            next(a for a in one._actions if isinstance(a, argparse._SubParsersAction)).choices[verb]
            for one in (parser(verb), parser())
        )
        assert alone.format_help() == among.format_help()


@pytest.mark.parametrize(
    "wrong", [[], ["fly"], ["move"], ["move", "db", "--to", "b", "--preferred"]]
)
def test_a_wrong_command_line_ends_with_2(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused("No."), 4),
        (AwsError(Failure.DENIED, "Denied", "ReplaceRoute", "No."), 1),
        (BrokenPipeError(), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_what_goes_wrong_decides_the_exit_code(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(_arguments: argparse.Namespace) -> int:
        raise error

    class Line:
        def parse_args(self, _arguments: list[str]) -> argparse.Namespace:
            return argparse.Namespace(run=run)

    monkeypatch.setattr(module, "parser", lambda _verb: Line())
    assert main(["status"]) == code

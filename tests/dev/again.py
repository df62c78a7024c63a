# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What failed in real time is tried once more, when nothing else runs.

That tells a busy machine from an error: what fails again has failed, and what passes then is told
in the summary with what it had failed with, for it may be a race all the same.
"""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from . import runner, workspace
from .check import Case, Outcome, Result


def is_due(result: Result) -> bool:
    """Whether it failed in real time, and by tests of which each has a file to be run again."""
    if result.outcome is not Outcome.FAILED or not result.check.real:
        return False
    files = files_of(failed(result.tests))
    return all((workspace.ROOT / file).is_file() for file in files) and (
        bool(files) or not result.check.pytest
    )


def tried(first: Result) -> Result:
    """What the second attempt came to; of files, as the tests of one share what it made."""
    log = pathlib.Path(first.log)
    log.replace(log.with_name(f"{log.stem}-first.log"))
    files = files_of(failed(first.tests))
    second = runner.run(first.check, " ".join(sorted(files)))
    is_good = second.outcome is Outcome.PASSED
    kept = [test for test in first.tests if not files_of([test]) & files]
    reasons = {test.name: test.reason or "it failed" for test in failed(first.tests)}
    return replace(
        second,
        seconds=first.seconds + second.seconds,
        used=first.used + second.used,
        tests=(*kept, *(remembering(test, reasons) for test in second.tests)),
        reason="at the second attempt" if is_good else f"twice, {second.reason}",
    )


def remembering(test: Case, reasons: Mapping[str, str]) -> Case:
    """The test with what it failed with at first, where it passes now."""
    if test.outcome != "passed" or test.name not in reasons:
        return test
    return replace(test, reason=reasons[test.name])


def failed(tests: Sequence[Case]) -> list[Case]:
    return [test for test in tests if test.outcome == "failed"]


def files_of(tests: Sequence[Case]) -> set[str]:
    """The files of tests named `check: package.module::test`, relative to the root."""
    modules = {test.name.partition(": ")[2].partition("::")[0] for test in tests}
    return {f"{module.replace('.', '/')}.py" for module in modules}

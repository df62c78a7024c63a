# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every pytest run of this repository shares. `pytest.ini` loads it.

Under CI=true a test that is skipped fails: there, nothing may be left out.
PROPERTY_EXAMPLES says how many examples each property is tried with.
"""

from __future__ import annotations

import gc
import os
import pathlib
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

CI = os.environ.get("CI") == "true"
EXAMPLES = int(os.environ.get("PROPERTY_EXAMPLES", "10"))
CACHE = pathlib.Path(__file__).resolve().parents[2] / ".cache"

AnyReport = TypeVar("AnyReport", pytest.TestReport, pytest.CollectReport)


def pytest_configure() -> None:
    gc.disable()  # until everything is imported
    os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(CACHE / "hypothesis"))
    examples = DirectoryBasedExampleDatabase(CACHE / "hypothesis" / "examples")
    plain = settings(deadline=None, max_examples=EXAMPLES)
    settings.register_profile("here", plain, database=examples)
    settings.register_profile("same every time", plain, database=None, derandomize=True)
    settings.load_profile("same every time" if CI else "here")


def pytest_collection_finish() -> None:
    """What was imported stays: without this the collector walks through it again and again."""
    gc.freeze()
    gc.enable()


def judged(report: AnyReport) -> AnyReport:
    """The report, with a skip made a failure under CI=true. An expected failure is no skip."""
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = (
            f"{report.nodeid} was skipped, and under CI=true nothing may be: {report.longrepr}"
        )
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return judged((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return judged((yield))

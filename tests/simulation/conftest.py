# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run of the simulation says of itself."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.simulation.shards import SUMMARY


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How to play the same schedules again."""
    terminalreporter.write_line(SUMMARY)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one running emulator of this process: moto's backends are global, so is what goes with
them.
"""

from __future__ import annotations

import threading
import time

from .buckets import Buckets
from .faults import Faults
from .journal import Journal
from .settings import Settings


class Stage:
    def __init__(self) -> None:
        self.lock = threading.RLock()  # faults, buckets, settings, counts
        self.ec2 = threading.RLock()  # moto's EC2: one call at a time
        self.settings = Settings()
        self.faults = Faults()
        self.buckets = Buckets()
        self.journal = Journal()
        self.clock_offset = 0.0  # seconds that our clock is ahead of the host's

    def time(self) -> float:
        """The emulator's idea of the time of day."""
        return time.time() + self.clock_offset

    def reset(self) -> None:
        """Back to how a new emulator is; the caller holds both locks."""
        self.settings = Settings()
        self.faults.clear()
        self.buckets.clear()
        self.journal.clear()
        self.clock_offset = 0.0


STAGE = Stage()

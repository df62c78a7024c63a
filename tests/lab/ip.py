# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A long-running ip(8) in a network namespace: a line costs a fraction of a millisecond."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterable

_ASKED = "link show dev lo\n"  # its answer shows that all lines before it are done
_ANSWER = ("1: lo:", "    link/loopback")


class IpFailed(RuntimeError):
    """What ip(8) said to the lines that it refused."""


class Ip:
    def __init__(self, netns: str, *options: str) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            ["ip", *options, "-n", netns, "-force", "-batch", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, lines: Iterable[str]) -> None:
        """Carry out the lines in their order; IpFailed if any was refused, after all are done."""
        asked = "".join(f"{line}\n" for line in lines)
        if not asked:
            return
        with self._lock:
            said = self._answers(asked + _ASKED)
        if said:
            raise IpFailed(f"ip refused a line of:\n{asked}It said:\n{''.join(said)}")

    def _answers(self, asked: str) -> list[str]:
        to, answers = self._process.stdin, self._process.stdout
        assert to is not None and answers is not None
        to.write(asked)
        to.flush()
        said: list[str] = []
        for line in answers:
            if line.startswith(_ANSWER[1]):
                return said
            if not line.startswith(_ANSWER[0]):
                said.append(line)
        raise IpFailed(f"ip ended unexpectedly. It said: {''.join(said)}")

    def close(self) -> None:
        self._process.communicate()

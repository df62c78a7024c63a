# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a command of this machine; a failure is a sentence with all that the command said."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str


class CommandFailed(RuntimeError):
    """A command ended with another code than 0, or not in time."""

    def __init__(self, what: str, ran: Ran) -> None:
        super().__init__(f"{what} (code {ran.code}): {(ran.out + ran.err).strip()}")
        self.ran = ran


def run(
    argv: Sequence[str],
    check: bool = True,
    timeout: float = 60.0,
    text: str = "",
    called: str = "",
    **more: Any,
) -> Ran:
    """Run it to its end with `text` as its input; CommandFailed if it fails and `check` is set,
    or takes longer than `timeout`: then it and all that it started are killed.

    `called`: what to call it in an error.
    """
    what = called or shlex.join(argv)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        argv, stdin=pipe, stdout=pipe, stderr=pipe, process_group=0, **more
    ) as process:
        try:
            out, err = process.communicate(text.encode(), timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            ran = Ran(124, *map(_text, process.communicate()))
            raise CommandFailed(f"Not done after {timeout:g} s: {what}", ran) from None
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return _checked(Ran(process.returncode, _text(out), _text(err)), what, check)


def _checked(ran: Ran, what: str, check: bool) -> Ran:
    if check and ran.code != 0:
        raise CommandFailed(f"Failed: {what}", ran)
    return ran


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode(errors="replace")

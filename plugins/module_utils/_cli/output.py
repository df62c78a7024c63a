# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What a verb says: the answer on standard output, everything else beside it."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, NoReturn


def say(text: str) -> None:
    """A line of the answer."""
    sys.stdout.write(text + "\n")


def say_json(value: Any) -> None:
    say(json.dumps(value, indent=2, sort_keys=True))


def tell(text: str) -> None:
    """A line beside the answer: a problem, or progress."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def finish() -> None:
    """Send what was said. Whoever reads it may have gone, as `head` does: that is no error here.

    SIGPIPE stays ignored, for it would end a monitor whose probed peer hangs up.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # so that Python's own flush succeeds


def leave(code: int) -> NoReturn:
    """End this process at once: neither threads nor a reader of the output are waited for."""
    os._exit(code)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ports of this machine: which is free, and whether anything listens."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator, Sequence

ATTEMPTS = 50


def free(addresses: Sequence[str], preferred: int = 0) -> int:
    """A TCP port that is free on all of these loopback addresses now: the preferred, if it is."""
    for attempt in range(ATTEMPTS):
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            port = 0 if attempt else preferred
            for address in addresses:
                listening = stack.enter_context(socket.socket())
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listening.bind((address, port))
                port = listening.getsockname()[1]
            return int(port)
    raise OSError(f"no port is free on all of {', '.join(addresses)}; end what listens there")


@contextlib.contextmanager
def reserved(addresses: Sequence[str], preferred: int = 0) -> Iterator[int]:
    """A free port that no second demo takes before whoever it is for listens there.

    What reserves it is a name without a file (unix(7), abstract), which ends with this process.
    """
    with socket.socket(socket.AF_UNIX) as name:
        for attempt in range(ATTEMPTS):
            port = free(addresses, 0 if attempt else preferred)
            with contextlib.suppress(OSError):
                name.bind(f"\0floating-ip-demo-{port}")
                break
        else:
            raise OSError(f"every free port on {', '.join(addresses)} is reserved by a demo")
        yield port


def listens(address: str, port: int) -> bool:
    """Whether something accepts connections there."""
    with contextlib.suppress(OSError), socket.create_connection((address, port), 0.5):
        return True
    return False

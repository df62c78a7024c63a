# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""How a verb ends."""

from __future__ import annotations

OK = 0
FAILED = 1  # it was tried and did not work, or the answer is no
USAGE = 2  # argparse's own: the command line is wrong
PARTIAL = 3  # some cells moved and some did not
REFUSED = 4  # nothing was tried: the request or a definition is wrong
INTERRUPTED = 130  # by Ctrl-C, as shells have it


class Refused(Exception):
    """The request cannot be carried out as it stands. The text is one or more sentences."""

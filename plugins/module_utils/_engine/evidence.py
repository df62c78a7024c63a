# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What an error of the operating system says about a target: the full table."""

from __future__ import annotations

import errno

from .health import Evidence

# The target's own kernel answered: no service there, or one that hung up.
REFUSALS = (errno.ECONNREFUSED, errno.ECONNRESET, errno.EPIPE)

# Nothing answered. The target's fault only if something else did answer meanwhile.
SILENCES = (errno.ETIMEDOUT,)

# This host could not send the probe, so it tells nothing about the target. Any error that is not
# listed in this file counts as one of these.
OURS = (
    errno.ENETUNREACH,  # no route
    errno.EHOSTUNREACH,  # no route to the host, or no neighbour: VPC routers never send this
    errno.ENETDOWN,
    errno.EHOSTDOWN,
    errno.EADDRNOTAVAIL,  # no source address, or no free port
    errno.EADDRINUSE,
    errno.EAFNOSUPPORT,
    errno.ECONNABORTED,  # aborted by this host's kernel
    errno.ENETRESET,
    errno.EACCES,
    errno.EPERM,  # a firewall rule of this host
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.ENOBUFS,
    errno.EAGAIN,
    errno.EINTR,
    errno.EBADF,
    errno.EINVAL,
)

_EVIDENCE = {
    **dict.fromkeys(REFUSALS, Evidence.REFUSED),
    **dict.fromkeys(SILENCES, Evidence.TIMEOUT),
    **dict.fromkeys(OURS, Evidence.UNKNOWN),
}


def evidence_of_errno(code: int) -> Evidence:
    """What this errno, met while probing, shows. An unlisted one shows nothing: UNKNOWN."""
    return _EVIDENCE.get(code, Evidence.UNKNOWN)

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Operating system errors as verdicts: evidence by the engine's table, reason as a sentence."""

from __future__ import annotations

import errno
import os

from .._engine.evidence import evidence_of_errno
from .request import Verdict

_SENTENCES = {
    errno.ECONNREFUSED: "connection refused by {where}",
    errno.ECONNRESET: "{where} reset the connection",
    errno.ECONNABORTED: "the connection to {where} was aborted",
    errno.EPIPE: "{where} closed the connection",
    errno.ETIMEDOUT: "{where} did not answer",
    errno.EHOSTUNREACH: "{where} is unreachable: no neighbour or router of this host leads to it",
    errno.EHOSTDOWN: "{where} is unreachable: no neighbour or router of this host leads to it",
    errno.ENETUNREACH: "this host has no route to {where}: check its addresses and routes",
    errno.ENETDOWN: "this host's network interface towards {where} is down",
    errno.EADDRNOTAVAIL: "this host has no source address or free port towards {where}",
    errno.EAFNOSUPPORT: "this host does not speak the address family of {where}",
    errno.EMFILE: "too many open files in this process: raise its limit (LimitNOFILE)",
    errno.ENFILE: "too many open files on this host: raise the sysctl fs.file-max",
    errno.ENOMEM: "this host is out of memory",
    errno.ENOBUFS: "this host is out of network buffers",
    errno.EACCES: "this host does not permit the probe of {where}: check its firewall and SELinux",
    errno.EPERM: "this host does not permit the probe of {where}: check its firewall and SELinux",
}


def verdict_of(error: OSError, where: str) -> Verdict:
    """What an OSError during a probe of `where` shows."""
    code = error.errno or 0
    sentence = _SENTENCES.get(code)
    if sentence is None:
        sentence = "the probe of {where} could not be made: " + (os.strerror(code) if code else "?")
    return Verdict(evidence_of_errno(code), sentence.format(where=where))

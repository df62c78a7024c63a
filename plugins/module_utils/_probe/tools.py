# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What the probes of one Prober share."""

from __future__ import annotations

import ssl

from .children import Children
from .resolver import Resolver


class Tools:
    def __init__(self) -> None:
        self.resolver = Resolver()
        self.children = Children()
        self._contexts: dict[bool, ssl.SSLContext] = {}

    def tls(self, verify: bool) -> ssl.SSLContext:
        """The TLS settings; made once, as reading the trusted certificates takes some 20 ms."""
        context = self._contexts.get(verify)
        if context is None:
            context = ssl.create_default_context()
            if not verify:
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
            self._contexts[verify] = context
        return context

    def close(self) -> None:
        self.resolver.close()
        self.children.close()

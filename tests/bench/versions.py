# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The versions of what no Python package tells of."""

from __future__ import annotations

import os
import re

from ansible_collections.amazon.aws.plugins.module_utils.common import AMAZON_AWS_COLLECTION_VERSION

from ansible_collections.netops.floating_ip.plugins.module_utils._version import VERSION
from ansible_collections.netops.floating_ip.tests.lab.commands import run
from ansible_collections.netops.floating_ip.tests.lab.image import suites, where


def known() -> tuple[tuple[str, str], ...]:
    ours = (("amazon.aws", AMAZON_AWS_COLLECTION_VERSION), ("netops.floating_ip", VERSION))
    return (*ours, *_keepalived())


def _keepalived() -> tuple[tuple[str, str], ...]:
    """That of the hosts; nothing where none can be booted."""
    root = where(suites()[0])
    if os.geteuid() != 0 or not root.exists():
        return ()
    said = run(["chroot", str(root), "/usr/sbin/keepalived", "--version"], check=False)
    found = re.search(r"v(\d+\.\d+\.\d+)", said.out + said.err)
    return (("keepalived", found[1]),) if found else ()

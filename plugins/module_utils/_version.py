# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The collection's version, kept equal to galaxy.yml by a unit test."""

from __future__ import annotations

VERSION = "1.0.0"

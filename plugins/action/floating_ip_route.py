# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module of this name, without packing it where it is installed already."""

from __future__ import annotations

from ..plugin_utils._in_place import InPlace


class ActionModule(InPlace):
    """See `_in_place`."""

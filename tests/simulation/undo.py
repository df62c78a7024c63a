# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What lasts is counted, as two of the same kind may overlap; and how to undo it."""

from __future__ import annotations

import collections
from collections.abc import Callable

Undo = Callable[[], None] | None


def counted(counter: collections.Counter[str], name: str) -> Callable[[], None]:
    counter[name] += 1
    return lambda: counter.subtract([name])


def listed(values: list[float], value: float) -> Callable[[], None]:
    values.append(value)
    return lambda: values.remove(value)

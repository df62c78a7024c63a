# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The engine over time. One column is one second, and every timeline is a story.

`+` passed, `x` refused, `!` wrong answer, `-` no answer in time, `?` could not be probed. In the
row `ec2`, `-` means that AWS cannot be read. `holder` is who holds the address at the end of the
second; `.` is nobody.
"""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.scene import (
    definition,
    marks,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.world import (
    World,
)

TIMELINES = {
    "an address that nobody holds goes to the preferred target": """
        a       +++++
        b       +++++
        holder  .aaaa
    """,
    "or to another one when the preferred target is down": """
        a       xxxxx
        b       ?++++
        holder  ..bbb
    """,
    "a holder whose service dies is replaced within the second": """
        a       +++++xxxx
        b       +++++++++
        holder  aaaaabbbb
    """,
    "a holder that answers nonsense is replaced, but not before min_down": """
        a       +++++!!!!
        b       +++++++++
        holder  aaaaabbbb
    """,
    "a holder whose host dies is replaced in the second after": """
        a       +++++----
        b       +++++++++
        holder  aaaaaabbb
    """,
    "one lost probe changes nothing": """
        a       +++++-+++++
        b       +++++++++++
        holder  aaaaaaaaaaa
    """,
    "the old holder does not take the address back": """
        a       +++++xxx++++++++++++++++++
        b       ++++++++++++++++++++++++++
        holder  aaaaabbbbbbbbbbbbbbbbbbbbb
    """,
    "with nowhere to go the address stays": """
        a       +++++xxxxxxxxx
        b       xxxxxxxxxxxxxx
        holder  aaaaaaaaaaaaaa
    """,
    "and goes as soon as there is somewhere to go": """
        a       +++++xxxxxxxxxxxxx
        b       xxxxxxxxxx++++++++
        holder  aaaaaaaaaaabbbbbbb
    """,
    "an isolated observer moves nothing, neither while it is nor when it no longer is": """
        a       +++++------+++++
        b       +++++------+++++
        ec2     +++++------+++++
        holder  aaaaaaaaaaaaaaaa
    """,
    "nor does one that is isolated for less than a run lives": """
        a       +++++--+++++
        b       +++++--+++++
        ec2     +++++--+++++
        holder  aaaaaaaaaaaa
    """,
    "an observer that cannot probe moves nothing": """
        a       +++++???????????
        b       +++++???????????
        holder  aaaaaaaaaaaaaaaa
    """,
    "an AWS that cannot be read moves nothing, until it can": """
        a       +++++xxxxxxxxxxxx
        b       +++++++++++++++++
        ec2     +++++-----+++++++
        holder  aaaaaaaaaabbbbbbb
    """,
    "a second move waits for the cooldown": """
        a       +++++xx++++++++++++++
        b       ++++++++xxxxxxxxxxxxx
        holder  aaaaabbbbbbbbbbaaaaaa
    """,
    "of three targets the most preferred one that is up takes it": """
        a       +++++xxxxxxxxxxxxxxxxxxxx
        b       xxxxxxxx+++++++++++++++++
        c       +++++++++++++++++++++++++
        holder  aaaaacccccccccccccccccccc
    """,
}


def play(timeline: str) -> str:
    """Play the rows of a timeline; who holds the address at the end of each second."""
    rows = dict(line.split() for line in timeline.strip().splitlines())
    first = rows.pop("holder")[0]
    ec2 = marks(rows.pop("ec2", "+"))
    seconds = len(next(iter(rows.values())))
    scripts = {name: marks(row) for name, row in rows.items()}
    points = [None if first == "." else first]
    world = World(definition("".join(scripts)), scripts, points=points, ec2=ec2)
    return "".join(world.run(until).holder for until in range(1, seconds + 1))


@pytest.mark.parametrize("timeline", TIMELINES.values(), ids=TIMELINES)
def test_holder_over_time(timeline: str) -> None:
    expected = timeline.strip().splitlines()[-1].split()[1]
    assert play(timeline) == expected

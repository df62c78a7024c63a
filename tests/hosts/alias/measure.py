# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure the gaps for docs/hosts.md: `python -m …tests.hosts.alias.measure [ROUNDS]`, as root.

Prints the table. Run it on a quiet machine.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from ansible_collections.netops.floating_ip.tests.hosts.alias.happenings import (
    HAPPENINGS,
    happen,
)
from ansible_collections.netops.floating_ip.tests.hosts.alias.site import DB, Kind, Site
from ansible_collections.netops.floating_ip.tests.lab.lab import Host, Lab

KINDS = {  # a host's name, at most twelve characters
    f"{stack[:8].lower()}-{suite[:1]}": Kind(suite, stack, dhcp=stack != "none")
    for suite in ("bookworm", "trixie")
    for stack in HAPPENINGS
}


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with Lab.start() as lab, tempfile.TemporaryDirectory() as folder:
        site = Site.make(lab, Path(folder), KINDS, lease=4)
        played = site.deploy()
        if played.code != 0:
            sys.exit(played.output)
        _say("stack", "suite", "what happens", "IPv4", "host's own", "IPv6", "host's own")
        _say(*["---"] * 7)
        for host in lab.hosts.values():
            for what in HAPPENINGS[host.plan.stack]:
                _report(site, host, what, rounds)


def _report(site: Site, host: Host, what: str, rounds: int) -> None:
    gaps = [happen(site, host, what) for _round in range(rounds)]
    told = [
        f"{median(each[address] for each in gaps) * 1000:.0f}"
        for address in (DB[0], host.plan.ip, DB[1], host.plan.ip6)
    ]
    _say(host.plan.stack, host.plan.suite, f"`{what}`", *told)


def _say(*cells: str) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

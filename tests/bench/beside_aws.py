# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""keepalived with an AWS call, on hosts in a VPC like ours: what breaks, and how it is mended."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

from ansible_collections.netops.floating_ip.tests.lab.box import ADDRESS, CLIENTS, TARGETS, Site
from ansible_collections.netops.floating_ip.tests.lab.host import Host
from ansible_collections.netops.floating_ip.tests.lab.lab import Lab

from .by_hand import route
from .ground import SERVICE, processes_of
from .keepalived import CHECK, Peer, claim, on_aws
from .lane import Lane
from .watching import Watching

WITH_AWS = "keepalived with its AWS call"
CONFIG, CALL = "/etc/keepalived/keepalived.conf", "/opt/lab/claim.py"
DROP_IN = "/etc/systemd/system/keepalived.service.d/address.conf"
# The address is on both hosts whatever keepalived does, as AWS alone says who gets its packets.
ON_LO = f"[Service]\nExecStartPre=/usr/sbin/ip address replace {ADDRESS}/32 dev lo\n"
FIRST, SECOND = TARGETS
Deed = Callable[[Host], object]


@dataclass(frozen=True)
class Pair:
    """A fault of the first host, and how it is mended. `with_check`: a script tracks it;
    `is_order`: it still has the address, so that no packet need be lost.
    """

    strike: Deed
    mend: Deed
    with_check: bool = False
    is_order: bool = False


def _signal(number: int) -> Deed:
    def send(host: Host) -> None:
        for pid in processes_of(host, SERVICE):
            os.kill(pid, number)

    return send


def _run(command: str) -> Deed:
    return lambda host: host.run(command)


def _started(host: Host) -> None:
    """Its network first: a claim that fails is never tried again."""
    host.start()
    host.wait()
    host.run("systemctl start keepalived")


def _thawed(host: Host) -> None:
    """It knows of no gap and of no other master, so it would not make its AWS call again."""
    host.thaw()
    host.run("systemctl restart keepalived")


PAIRS: Mapping[str, Pair] = {
    "host dead": Pair(lambda host: host.kill(), _started),
    "service dead": Pair(_signal(signal.SIGKILL), _run(f"systemctl start {SERVICE}"), True),
    "host frozen": Pair(lambda host: host.freeze(), _thawed),
    "service hung": Pair(_signal(signal.SIGSTOP), _signal(signal.SIGCONT), True),
    "stopped by plan": Pair(
        _run("systemctl stop keepalived"), _run("systemctl start keepalived"), is_order=True
    ),
}


def with_aws(opened: ExitStack, what: str, interval: float) -> Lane:
    """A VPC of its own, with its AWS."""
    pair = PAIRS[what]
    site = Site.build(opened.enter_context(Lab.start()))
    route(site)
    for name in TARGETS:
        _configured(site, name, interval, CHECK if pair.with_check else "")
    client, first = site.clients[CLIENTS[0]], site.hosts[FIRST]
    return Lane(
        f"{WITH_AWS}: {what}",
        interval,
        (site.lab.router.netns, first.wire.link),
        first.plan.ip,
        lambda: pair.strike(first),
        lambda: pair.mend(first),
        opened.enter_context(Watching(client.spawn, ADDRESS)),
        lambda: client.ask(ADDRESS),
        FIRST,
        pair.is_order,
    )


def _configured(site: Site, name: str, interval: float, check: str) -> None:
    host, other = site.hosts[name], site.hosts[SECOND if name == FIRST else FIRST]
    peer = Peer("eth0", host.plan.ip, other.plan.ip, name == FIRST, interval)
    program = claim(site.world.eni(name), ADDRESS, site.world.tables, site.lab.api_url)
    host.write(CALL, program, 0o755)
    host.write(CONFIG, on_aws(peer, CALL, check))
    host.write(DROP_IN, ON_LO)
    host.run("systemctl daemon-reload && systemctl start keepalived")
    # The first one reigns before there is a second: two calls at a time may end in either order.
    state = "MASTER STATE" if name == FIRST else "BACKUP STATE"
    host.run(f"until journalctl -u keepalived -o cat | grep -q '{state}'; do sleep 0.1; done")

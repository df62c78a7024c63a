# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is done to a host that holds the address, and how it is mended afterwards."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ansible_collections.netops.floating_ip.tests.lab.box import NAME, TARGETS

from .ground import Ground

Deed = Callable[[Ground, str], object]  # to the host of that name


@dataclass(frozen=True)
class Fault:
    """`is_refused`: its host still refuses connections, which tells more than silence does."""

    strike: Deed
    mend: Deed
    is_refused: bool = False


def _start(ground: Ground, name: str) -> None:
    ground.host(name).start()
    ground.host(name).wait()


def _thaw(ground: Ground, name: str) -> None:
    """Let it go on. It knows of no gap, and takes the failover for a fight when it learns of it."""
    ground.host(name).thaw()
    _rest(ground, name)


def _serve(ground: Ground, name: str) -> None:
    """Start the service again. Where that was before its own monitor had probed it, the failover
    looks as if somebody had taken the address back from a target that was up.
    """
    ground.serve_again(name)
    _rest(ground, name)


def _rest(ground: Ground, name: str) -> None:
    ground.calm()
    reset(ground, name)


def reset(ground: Ground, _holder: str) -> None:
    """Close the breakers: they count what nobody announced to them."""
    _everywhere(ground, f"floating-ip reset {NAME}")


def _everywhere(ground: Ground, command: str) -> None:
    with ThreadPoolExecutor(len(TARGETS)) as pool:
        for _ran in pool.map(lambda name: ground.host(name).run(command), TARGETS):
            pass


FAULTS: Mapping[str, Fault] = {
    "host dead": Fault(lambda ground, name: ground.host(name).kill(), _start),
    "service dead": Fault(
        lambda ground, name: ground.signal_service(name, signal.SIGKILL),
        _serve,
        is_refused=True,
    ),
    "host frozen": Fault(
        lambda ground, name: ground.host(name).freeze(),
        _thaw,
    ),
    "service hung": Fault(lambda ground, name: ground.signal_service(name, signal.SIGSTOP), _serve),
}


def drain(ground: Ground, holder: str) -> None:
    """As the runbook does it: every observer is told."""
    _everywhere(ground, f"floating-ip drain {holder} {NAME}")


def undrain(ground: Ground, holder: str) -> None:
    _everywhere(ground, f"floating-ip undrain {holder} {NAME}")


def move(ground: Ground, holder: str) -> None:
    """An operator's move, by the agent of the host that is to have it."""
    to = next(name for name in TARGETS if name != holder)
    ground.host(to).run(f"floating-ip move {NAME} --to {to}")


PLANNED: Mapping[str, tuple[Deed, Deed]] = {
    "drained": (drain, undrain),
    "moved by plan": (move, reset),
}

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One process with many targets: what it costs, and how late it notices that one is down."""

from __future__ import annotations

import random
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ansible_collections.netops.floating_ip.tests.emulator.client import REGION, Emulator
from ansible_collections.netops.floating_ip.tests.emulator.world import World, network

from .crowd import Monitor, Servers, environment_of, unpacked
from .farm import address_of
from .figures import percentile
from .stand import BenchFailed, client_of

FIRST, FAILING = 0, 1  # of each floating IP's targets: where the address is, and what fails
ROUTES = 50  # of one table
MOST_SAMPLES = 300


class Breaker(Protocol):
    """Lets the targets of the farm fail and come back, by number; it tells when, by
    CLOCK_BOOTTIME.
    """

    def close(self, number: int) -> float: ...
    def open(self, number: int) -> float: ...


@dataclass(frozen=True)
class Size:
    """`monitors` processes with so many targets each, `each` of them of one floating IP; `seconds`
    they are measured, and each of theirs fails `times` times at most.
    """

    targets: int
    seconds: float
    monitors: int = 1
    times: int = 1
    each: int = 2

    @property
    def names(self) -> tuple[str, ...]:
        """The targets of one floating IP."""
        return tuple(f"db-{number}" for number in range(self.each))

    @property
    def floating_ips(self) -> int:
        """Of all processes."""
        return self.targets * self.monitors // self.each


@dataclass(frozen=True)
class Load:
    """What was measured. `cpu`: of one core, `memory`: MB, both of one process. `lags`: seconds
    from the end of a target's service until the monitor said so; none if it is too much for one
    process, which then never sees all of them up.
    """

    size: Size
    cpu: float
    memory: float
    lags: tuple[float, ...]

    def lag(self, share: float) -> float:
        return percentile(self.lags, share)


def rows(sizes: Sequence[Size]) -> Iterator[Load]:
    with tempfile.TemporaryDirectory() as folder:
        program = unpacked(Path(folder))
        for place, size in enumerate(sizes):
            home = Path(folder, str(place))
            with Emulator.start() as emulator:
                yield _measured(size, program, home, emulator)


def _measured(size: Size, program: Path, home: Path, emulator: Emulator) -> Load:
    with ExitStack() as opened:
        port = free_port()
        servers = Servers(port, size.targets * size.monitors)
        opened.callback(servers.end)
        known = definitions(emulator, size, port)
        monitors = []
        for number, part in enumerate(_parts(known, size.monitors)):
            monitor = Monitor(program, home / str(number), environment_of(emulator))
            monitor.write(part)
            monitors.append(monitor)
            opened.callback(monitor.end)
            assert monitor.process
        wanted = _parts(known, size.monitors)
        return _load(size, monitors, servers if _are_up(size, monitors, wanted) else None)


def _are_up(size: Size, monitors: Sequence[Monitor], parts: Sequence[Any]) -> bool:
    """Wait until they have seen every target up; whether they have."""
    try:
        for monitor, part in zip(monitors, parts, strict=True):
            monitor.await_health({(one["name"], name): "up" for one in part for name in size.names})
    except BenchFailed:
        if any(monitor.process.poll() is not None for monitor in monitors):
            raise
        return False
    return True


def _load(size: Size, monitors: Sequence[Monitor], servers: Servers | None) -> Load:
    """All of the monitors at once, in `times` waves of failures at random moments."""
    before, began = [one.cpu for one in monitors], time.monotonic()
    lags = _waves(size, monitors, servers) if servers else []
    time.sleep(max(0.0, began + size.seconds - time.monotonic()))
    spent = [one.cpu - first for one, first in zip(monitors, before, strict=True)]
    seconds = time.monotonic() - began
    memory = max(one.memory for one in monitors)
    return Load(size, sum(spent) / len(monitors) / seconds, memory, tuple(lags))


def _waves(size: Size, monitors: Sequence[Monitor], servers: Servers) -> list[float]:
    lags: list[float] = []
    for wave in range(size.times):
        count = min(size.floating_ips, MOST_SAMPLES)
        chosen = random.sample(range(size.floating_ips), count)
        closed = fail(size, chosen, servers)
        for monitor, numbers in _by_monitor(size, monitors, chosen):
            lags += lags_of(size, monitor, {number: closed[number] for number in numbers})
        if wave + 1 < size.times:
            _recover(size, chosen, servers, monitors)
    return lags


def server(size: Size, number: int) -> int:
    """The number of the server that fails, of a floating IP."""
    return number * size.each + FAILING


def fail(size: Size, chosen: Sequence[int], breaker: Breaker) -> Mapping[int, float]:
    """End a service of each of these floating IPs at a moment within a wave; when that was."""
    seconds = size.seconds / size.times
    moments = sorted(random.uniform(0, seconds) for _each in chosen)
    began, closed = time.monotonic(), {}
    for number, moment in zip(chosen, moments, strict=True):
        time.sleep(max(0.0, began + moment - time.monotonic()))
        closed[number] = breaker.close(server(size, number))
    time.sleep(max(0.0, began + seconds - time.monotonic()))
    return closed


def lags_of(size: Size, monitor: Monitor, closed: Mapping[int, float]) -> list[float]:
    failing = {number: (name_of(number), size.names[FAILING]) for number in closed}
    monitor.await_health(dict.fromkeys(failing.values(), "down"))
    at = {
        (event["floating_ip"], event["target"]): event["at"]
        for event in monitor.told
        if event["data"]["health"] == "down"
    }
    return [at[failing[number]] - moment for number, moment in closed.items()]


def _recover(
    size: Size, chosen: Sequence[int], servers: Servers, monitors: Sequence[Monitor]
) -> None:
    for number in chosen:
        servers.open(server(size, number))
    for monitor, numbers in _by_monitor(size, monitors, chosen):
        monitor.await_health({(name_of(number), size.names[FAILING]): "up" for number in numbers})


def _by_monitor(
    size: Size, monitors: Sequence[Monitor], numbers: Sequence[int]
) -> Iterator[tuple[Monitor, list[int]]]:
    share = size.floating_ips // len(monitors)
    for place, monitor in enumerate(monitors):
        yield monitor, [number for number in numbers if number // share == place]


def _parts(definitions: Sequence[Any], count: int) -> list[Sequence[Any]]:
    share = len(definitions) // count
    return [definitions[place * share : (place + 1) * share] for place in range(count)]


def definitions(emulator: Emulator, size: Size, port: int) -> list[dict[str, Any]]:
    """Floating IPs in tables of one network, all at their first target."""
    count = size.floating_ips
    with closing(client_of(emulator)) as ec2:
        world = network(ec2, tables=(count + ROUTES - 1) // ROUTES, targets=size.names)
        for number in range(count):
            ec2.create_route(
                RouteTableId=world.tables[number // ROUTES],
                DestinationCidrBlock=f"{_floating(number)}/32",
                NetworkInterfaceId=world.eni(size.names[FIRST]),
            )
    aws = {"region": REGION, "endpoint_url": emulator.url}
    return [
        {"aws": aws, "probe": {"port": port}, **_definition(size, number, world)}
        for number in range(count)
    ]


def _definition(size: Size, number: int, world: World) -> dict[str, Any]:
    return {
        "name": name_of(number),
        "addresses": [_floating(number)],
        "route_tables": {"ids": [world.tables[number // ROUTES]]},
        "targets": [
            {
                "name": target,
                "network_interface_id": world.eni(target),
                "probe_address": address_of(number * size.each + place),
            }
            for place, target in enumerate(size.names)
        ],
    }


def name_of(number: int) -> str:
    return f"ip-{number}"


def _floating(number: int) -> str:
    return f"100.64.{number // 250}.{number % 250 + 1}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The floating address as clients meet it: whatever holder the emulator routes to, answers."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Mapping

from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.opened import Opened

HOST = "127.0.9.10"
DESTINATION = "100.64.10.10/32"
PATIENCE = 3.0  # seconds for the holder to answer
PAUSE = 0.02  # between two questions to it
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
MODULE = "ansible_collections.netops.floating_ip.tests.integration.drill.front"


class Front(Opened):
    """Answers as long as the target does that the first table leads to, in a process of its own.

    A connection that nobody answers is held until the client gives up, as a lost packet is.
    """

    def __init__(
        self, emulator: Emulator, table: str, seats: Mapping[str, tuple[str, int]]
    ) -> None:
        told = [f"--seat={eni}={address}:{port}" for eni, (address, port) in seats.items()]
        self._process = subprocess.Popen(
            [sys.executable, "-m", MODULE, emulator.url, table, *told],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


class Router:
    """Knows the holder, by the emulator's events."""

    def __init__(self, emulator: Emulator, table: str) -> None:
        self.holder: str | None = None
        self._emulator, self._table = emulator, table
        self._seen = emulator.last_event()
        self._look()

    def follow(self) -> None:
        while True:
            events = self._emulator.events(self._seen, wait=10)
            if events:
                self._seen = events[-1]["seq"]
                self._look()

    def _look(self) -> None:
        tables = self._emulator.state()["route_tables"]
        route = tables.get(self._table, {"routes": {}})["routes"].get(DESTINATION, {})
        self.holder = route.get("network_interface_id")


class Seat:
    """A target's service, asked all the time whether it answers."""

    def __init__(self, address: str, port: int) -> None:
        self.is_up = False
        self._address, self._port = address, port
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            self.is_up = self._answers()
            time.sleep(PAUSE)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(self._address, self._port, timeout=PATIENCE)
        with (
            contextlib.closing(connection),
            contextlib.suppress(OSError, http.client.HTTPException),
        ):
            connection.request("GET", "/")
            return connection.getresponse().status == 200
        return False


class Door:
    """Answers clients for the holder, as long as that answers itself."""

    def __init__(self, router: Router, seats: Mapping[str, Seat]) -> None:
        self._router, self._seats = router, seats

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            seat = self._seats.get(self._router.holder or "")
            if seat is not None and seat.is_up:
                writer.write(ANSWER)
                await writer.drain()
            else:
                await reader.read()  # until the client gives up
        writer.transport.abort()


async def serve(door: Door) -> None:
    server = await asyncio.start_server(door.answer, HOST, 0, backlog=512)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("table")
    parser.add_argument("--seat", action="append", default=[])
    options = parser.parse_args()
    router = Router(Emulator(options.url), options.table)
    threading.Thread(target=router.follow, daemon=True).start()
    pairs = (seat.split("=") for seat in options.seat)
    places = {eni: place.rsplit(":", 1) for eni, place in pairs}
    seats = {eni: Seat(address, int(port)) for eni, (address, port) in places.items()}
    asyncio.run(serve(Door(router, seats)))


if __name__ == "__main__":
    main()

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The router of the demo: forwards each connection to the interface that the client's table names.

A client speaks to it as to an HTTP proxy, because a loopback has no route to 100.64.10.10. For each
new connection it looks up the next hop of the address asked for, and hands the bytes on to the
loopback endpoint that stands for that interface. No route or a blackhole: no answer, as in a VPC.
The emulator's event stream keeps its table up to date.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import sys
import threading
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..emulator.client import Emulator
from .routing import Routes, applied, next_hop, routes_of

Endpoint = tuple[str, int]
GIVE_UP = 10.0  # seconds after which a dropped connection is closed, if its client has not done it
HEAD_LIMIT = 8192
POLL = 20.0  # seconds that a request for events waits for one
RECONNECT = 0.1


@dataclass
class Router:
    """`routes` is replaced as a whole by another thread; each connection reads it once."""

    endpoints: Mapping[str, Endpoint]  # by interface id
    routes: Routes = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readline()
            endpoint = self.endpoint_for(head)
            if endpoint is None:
                await asyncio.wait_for(reader.read(), GIVE_UP)  # hear its end, answer nothing
            else:
                await _forward(head, reader, writer, endpoint)
        except (OSError, ValueError):
            writer.transport.abort()  # a reset: what a host without the service sends
        finally:
            writer.close()

    def endpoint_for(self, head: bytes) -> Endpoint | None:
        """Where a request goes; None: dropped. ValueError where it is none for a proxy."""
        method, _space, rest = head.decode("ascii").partition(" ")
        host = urllib.parse.urlsplit(rest.split(" ")[0]).hostname
        if not host:
            raise ValueError(f"a {method} request without http://ADDRESS/ in its first line")
        interface = next_hop(self.routes, host)
        return self.endpoints.get(interface) if interface else None


async def _forward(
    head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, endpoint: Endpoint
) -> None:
    inward, outward = await asyncio.open_connection(*endpoint)
    try:
        outward.write(head)
        await asyncio.gather(_pump(reader, outward), _pump(inward, writer, is_last=True))
    finally:
        outward.close()


async def _pump(
    source: asyncio.StreamReader, sink: asyncio.StreamWriter, is_last: bool = False
) -> None:
    while data := await source.read(65536):
        sink.write(data)
        await sink.drain()
    if is_last:
        sink.close()  # the server is done: so is the client, whose half then ends too
    elif sink.can_write_eof():
        sink.write_eof()


@dataclass(frozen=True)
class Source:
    """Where the routes come from."""

    emulator: Emulator
    region: str
    table: str

    def read(self) -> tuple[Routes, int]:
        """The routes now, and the number of an event that they already include."""
        since = self.emulator.last_event()
        return routes_of(self.emulator.state(self.region), self.table), since


def follow(router: Router, source: Source, since: int) -> None:
    """Keep the routes up to date for ever, from event number `since` on."""
    while True:
        try:
            for event in source.emulator.events(since, POLL):
                since = event["seq"]
                if event["kind"] == "reset" or event["id"] == source.table:
                    router.routes = applied(router.routes, source.table, [event])
                    print(f"{time.time():.3f} {json.dumps(event)}", flush=True)
        except (OSError, http.client.HTTPException) as error:
            print(f"no events from the emulator: {error}", file=sys.stderr, flush=True)
            time.sleep(RECONNECT)


async def run(router: Router, address: str, port: int) -> None:
    server = await asyncio.start_server(router.serve, address, port, limit=HEAD_LIMIT, backlog=256)
    async with server:
        await server.serve_forever()


def parse_endpoint(text: str) -> tuple[str, Endpoint]:
    """`eni-1=127.0.1.10:8080`"""
    interface, _sign, endpoint = text.partition("=")
    address, _colon, port = endpoint.rpartition(":")
    return interface, (address, int(port))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listen", required=True, help="127.0.0.1:PORT")
    parser.add_argument("--emulator", required=True, help="http://127.0.0.1:PORT")
    parser.add_argument("--region", required=True)
    parser.add_argument("--table", required=True, help="the route table of the client's subnet")
    parser.add_argument("--interface", action="append", type=parse_endpoint, default=[])
    options = parser.parse_args()
    router = Router(dict(options.interface))
    source = Source(Emulator(options.emulator), options.region, options.table)
    router.routes, since = source.read()
    threading.Thread(target=follow, args=(router, source, since), daemon=True).start()
    address, _colon, port = options.listen.rpartition(":")
    asyncio.run(run(router, address, int(port)))


if __name__ == "__main__":
    main()

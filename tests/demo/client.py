# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client of the demo: a request to the floating IP every 10 ms, and who answered, as events.

Each request has a connection of its own, to the router, and its own timeout. They are told in the
order in which they were sent; runs of one server, or of nobody, become one event each, and at least
one event a second tells how far it has got.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import dataclasses
import signal
from collections import deque
from dataclasses import dataclass

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import (
    Event,
    Kind,
    Sink,
    writer,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._report.wording import (
    lasting,
    many,
)

from .telling import now, tell

INTERVAL = 0.01  # seconds
TIMEOUT = 0.25
TELL_EVERY = 1.0


@dataclass(frozen=True)
class Sent:
    """One request: when it was sent and who answered it; None: nobody in time."""

    at: float
    server: str | None


@dataclass(frozen=True)
class Stretch:
    """Requests in a row with the same outcome, not told yet."""

    server: str | None
    start: float
    last: float
    count: int = 1


@dataclass
class Teller:
    """Folds requests into events."""

    floating_ip: str
    sink: Sink
    interval: float = INTERVAL
    stretch: Stretch | None = None

    def add(self, sent: Sent) -> None:
        """The next request in order of sending. A new outcome is told at once."""
        stretch = self.stretch
        if stretch is None or stretch.server != sent.server:
            self.flush(until=sent.at)
            self.stretch = Stretch(sent.server, sent.at, sent.at)
            self.flush(until=None)
        elif stretch.count == 0:
            self.stretch = Stretch(sent.server, stretch.start, sent.at)
        else:
            self.stretch = dataclasses.replace(stretch, last=sent.at, count=stretch.count + 1)
            if sent.at - stretch.start >= TELL_EVERY:
                self.flush(until=None)

    def flush(self, until: float | None) -> None:
        """Tell what has not been told. The stretch goes on from there, with nothing in it yet."""
        if self.stretch is None or not self.stretch.count:
            return
        end = self.stretch.last + self.interval if until is None else until
        self.sink(self._event(self.stretch, end))
        self.stretch = Stretch(self.stretch.server, end, end, count=0)

    def _event(self, stretch: Stretch, end: float) -> Event:
        data = {"from": stretch.start, "to": end, "count": stretch.count}
        took = lasting(end - stretch.start)
        if stretch.server is not None:
            sentence = f"{many(stretch.count, 'answer')} from {stretch.server} over {took}"
            return tell(Kind.ANSWERED, sentence, self.floating_ip, stretch.server, data)
        data["milliseconds"] = round((end - stretch.start) * 1000, 1)
        sentence = f"{many(stretch.count, 'request')} unanswered: nobody for {took}"
        return tell(Kind.LOST, sentence, self.floating_ip, None, data)


async def ask(proxy: tuple[str, int], address: str, timeout: float = TIMEOUT) -> str | None:
    """Who answers a request to the floating address, through the router; None: nobody in time."""
    with contextlib.suppress(OSError, ValueError):
        return await asyncio.wait_for(_exchange(proxy, address), timeout)
    return None


async def _exchange(proxy: tuple[str, int], address: str) -> str | None:
    reader, out = await asyncio.open_connection(*proxy)
    try:
        host = f"[{address}]" if ":" in address else address
        out.write(f"GET http://{host}/ HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
        answer = await reader.read()
    finally:
        out.transport.abort()  # no TIME_WAIT: a hundred connections a second would pile up
    return server_of(answer)


def server_of(answer: bytes) -> str | None:
    """The name in a whole answer, a line; None for any other: a server may die in the middle."""
    head, _blank, body = answer.partition(b"\r\n\r\n")
    is_whole = head.split(b" ")[1:2] == [b"200"] and body.endswith(b"\n")
    return body.decode().strip() if is_whole else None


async def send_for_ever(teller: Teller, proxy: tuple[str, int], address: str) -> None:
    """A request every interval until cancelled, then the rest of the story."""
    waiting: deque[tuple[float, asyncio.Task[str | None]]] = deque()
    due = now()
    try:
        while True:
            waiting.append((now(), asyncio.create_task(ask(proxy, address))))
            due = max(due + teller.interval, now() - teller.interval)  # never a burst to catch up
            await asyncio.sleep(max(due - now(), 0))
            while waiting and waiting[0][1].done():
                at, task = waiting.popleft()
                teller.add(Sent(at, task.result()))
    finally:
        for at, task in waiting:
            teller.add(Sent(at, await task))
        teller.flush(until=None)


async def run(options: argparse.Namespace) -> None:
    host, _colon, port = options.proxy.rpartition(":")
    with open(options.events, "a", encoding="ascii") as stream:
        teller = Teller(options.name, writer(stream))
        sending = asyncio.create_task(send_for_ever(teller, (host, int(port)), options.address))
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, sending.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await sending


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--proxy", required=True, help="the router's 127.0.0.1:PORT")
    parser.add_argument("--address", required=True, help="the floating address")
    parser.add_argument("--name", required=True, help="the floating IP's name")
    parser.add_argument("--events", required=True, help="the file to write events to")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()

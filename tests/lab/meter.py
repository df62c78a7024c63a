# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a client sees, in packets: `python3 meter.py ADDRESS [--pace SECONDS]`.

It asks echo.py at a steady pace and writes lines of JSON: first that it has begun; then one for
each stretch of time: who answered (null: nobody), from when to when, how many packets. Times are
seconds since the epoch. It ends by SIGTERM or SIGINT, with a last line that sums up.
"""

from __future__ import annotations

import argparse
import json
import select
import signal
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from types import FrameType

PATIENCE = 0.3  # seconds after which a packet without an answer is lost


@dataclass
class Stretch:
    who: str | None
    start: float
    end: float
    packets: int = 0


@dataclass
class Ledger:
    """Packets in the order of their numbers: sent when, answered by whom."""

    sent: list[float] = field(default_factory=list)
    answers: dict[int, str] = field(default_factory=dict)
    _judged: int = 0
    _now: Stretch | None = None

    def judge(self, now: float) -> Iterator[Stretch]:
        """The stretches that have ended: packets are judged when they cannot be answered later."""
        while self._judged < len(self.sent):
            at = self.sent[self._judged]
            who = self.answers.pop(self._judged, None)
            if who is None and now - at < PATIENCE:
                return
            self._judged += 1
            if self._now is None or self._now.who != who:
                if self._now is not None:
                    yield self._closed(at)
                self._now = Stretch(who, at, at)
            self._now.packets += 1
            self._now.end = at

    def last(self) -> Iterator[Stretch]:
        if self._now is not None:
            yield self._now

    def _closed(self, at: float) -> Stretch:
        """An outage lasts from the first lost packet to the first answered one."""
        assert self._now is not None
        self._now.end = at
        return self._now


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, _interrupt)
    family = socket.AF_INET6 if ":" in options.address else socket.AF_INET
    stretches = []
    with socket.socket(family, socket.SOCK_DGRAM) as client:
        client.setblocking(False)
        ledger = Ledger()
        try:
            for stretch in _measure(client, (options.address, options.port), options.pace, ledger):
                stretches.append(_told(stretch))
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        stretches += [_told(each) for each in ledger.judge(time.time() + PATIENCE)]
        stretches += [_told(each) for each in ledger.last()]
    _sum_up(stretches, options.pace)
    return 0


def _measure(
    client: socket.socket, to: tuple[str, int], pace: float, ledger: Ledger
) -> Iterator[Stretch]:
    clock = time.time() - time.monotonic()
    print(json.dumps({"begun": time.time(), "address": to[0], "pace": pace}), flush=True)
    following = time.monotonic()
    while True:
        now = time.monotonic()
        if now >= following:
            try:
                client.sendto(str(len(ledger.sent)).encode(), to)
            except OSError:
                pass  # not sent is lost as well
            ledger.sent.append(now + clock)
            following = max(following + pace, now)
        select.select([client], [], [], max(0.0, following - time.monotonic()))
        _receive(client, ledger)
        yield from ledger.judge(time.monotonic() + clock)


def _receive(client: socket.socket, ledger: Ledger) -> None:
    while True:
        try:
            number, _bar, who = client.recv(2048).partition(b"|")
        except BlockingIOError:
            return
        except OSError:
            continue  # an ICMP message about an earlier packet
        ledger.answers[int(number)] = who.decode()


def _told(stretch: Stretch) -> Stretch:
    print(json.dumps(asdict(stretch)), flush=True)
    return stretch


def _sum_up(stretches: list[Stretch], pace: float) -> None:
    outages = [each for each in stretches if each.who is None]
    told = {
        "sent": sum(each.packets for each in stretches),
        "lost": sum(each.packets for each in outages),
        "longest_outage": round(max((each.end - each.start for each in outages), default=0.0), 4),
        "pace": pace,
    }
    print(json.dumps(told), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="meter", description="What a client sees, in packets.")
    parser.add_argument("address")
    parser.add_argument("--port", type=int, default=9999)
    parser.add_argument("--pace", type=float, default=0.01, help="seconds (%(default)s)")
    return parser.parse_args()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Names to socket addresses, off the loop: getaddrinfo may block for half a minute.

IP literals never get that far. A few daemon threads serve all names; a name that hangs occupies one
of them, whoever asks for it and however often.
"""

from __future__ import annotations

import functools
import os
import queue
import selectors
import socket
import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, Callable, Optional

from .._engine.health import Evidence
from .request import Unmade, Wait

_WORKERS = 4


@dataclass(frozen=True)
class Endpoint:
    """One address to connect to."""

    family: int
    sockaddr: tuple[Any, ...]


Lookup = Callable[[str, int], "tuple[Endpoint, ...]"]


@dataclass
class _Question:
    """A name being resolved. `bells` are write ends of pipes: closing one wakes its asker."""

    name: str
    port: int
    bells: set[int] = field(default_factory=set)
    answer: tuple[Endpoint, ...] = ()
    error: Optional[str] = None


@functools.lru_cache(maxsize=16384)  # asked at each probe
def literal(address: str, port: int) -> Optional[Endpoint]:
    """The endpoint of an IP address; None for a name."""
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, address)
        except (OSError, ValueError):
            continue
        return Endpoint(family, (address, port))
    return None


def _lookup(name: str, port: int) -> tuple[Endpoint, ...]:
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return tuple(Endpoint(family, sockaddr) for family, *_kind, sockaddr in found)


class Resolver:
    def __init__(self, lookup: Lookup = _lookup) -> None:
        self._lookup = lookup
        self._asked: dict[tuple[str, int], _Question] = {}
        self._work: queue.SimpleQueue[Optional[_Question]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._workers = 0

    def endpoints(self, address: str, port: int) -> Generator[Wait, None, tuple[Endpoint, ...]]:
        """The endpoints of an address or a name, most preferred first; raises Unmade."""
        at_once = literal(address, port)
        if at_once is not None:
            return (at_once,)
        listen, bell = os.pipe()
        question = self._ask(address, port, bell)
        try:
            yield Wait(listen, selectors.EVENT_READ, f"address for {address}", Evidence.UNKNOWN)
        finally:
            os.close(listen)
            self._leave(question, bell)
        if question.error is not None:
            raise Unmade(question.error)
        return question.answer

    def close(self) -> None:
        """Let the threads end. One that hangs is a daemon and ends with the process."""
        for _worker in range(self._workers):
            self._work.put(None)
        self._workers = 0

    def _ask(self, name: str, port: int, bell: int) -> _Question:
        with self._lock:
            question = self._asked.get((name, port))
            if question is None:
                question = self._asked[name, port] = _Question(name, port)
                self._work.put(question)
            question.bells.add(bell)
        if self._workers < _WORKERS:
            self._workers += 1
            threading.Thread(target=self._serve, name="floating-ip resolver", daemon=True).start()
        return question

    def _leave(self, question: _Question, bell: int) -> None:
        """Who takes a bell out of the set closes it: the asker that gives up, or the answer."""
        with self._lock:
            if bell in question.bells:
                question.bells.remove(bell)
                os.close(bell)

    def _serve(self) -> None:
        while True:
            question = self._work.get()
            if question is None:
                return
            try:
                question.answer = self._lookup(question.name, question.port)
            except (OSError, ValueError) as error:  # gaierror is an OSError
                what = getattr(error, "strerror", None) or str(error)
                question.error = f"the name {question.name} does not resolve: {what}"
            self._ring(question)

    def _ring(self, question: _Question) -> None:
        with self._lock:
            del self._asked[question.name, question.port]
            for bell in question.bells:
                os.close(bell)
            question.bells.clear()

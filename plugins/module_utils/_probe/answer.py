# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Judge what an HTTP server has sent so far. Pure: bytes in, verdict out."""

from __future__ import annotations

import io
import re
import socket
from http.client import HTTPException, HTTPResponse
from typing import Optional, cast

from .._definition.model import Probe
from .._engine.health import Evidence
from .request import Verdict

BODY_LIMIT = 64 * 1024  # bytes of the body, decoded, in which `expect_body` may stand
HEAD_LIMIT = 64 * 1024
TOTAL_LIMIT = 512 * 1024  # chunk headers and interim answers included
_FIRST = b"HTTP/"
_HEAD_END = re.compile(rb"\n\r?\n")
FEW_LINES = 100  # of a head that need not be understood where only the status counts
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-9]\d\d)(?: [^\r\n]*)?\r?\n")
_INTERIM = re.compile(rb"HTTP/1\.\d +1(?!01)\d\d\b")  # 100 Continue, 103 Early Hints …


class _Received:
    """What http.client takes for a socket."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, mode: str) -> io.BytesIO:
        return io.BytesIO(self._data)


def judge(received: bytes, ended: bool, settings: Probe, where: str) -> Optional[Verdict]:
    """The verdict on an answer, or None while more must be read. `ended`: no more will come."""
    if not received:
        return _wrong(f"{where} closed the connection without an answer") if ended else None
    verdict = _judge(_without_interim(received), ended, settings, where)
    if verdict is None and len(received) > TOTAL_LIMIT:
        return _wrong(f"{where} sent {TOTAL_LIMIT // 1024} KiB, and no end of its answer in sight")
    return verdict


def _without_interim(received: bytes) -> bytes:
    start = 0
    while _INTERIM.match(received, start):
        head = _HEAD_END.search(received, start)
        if head is None:
            break
        start = head.end()
    return received[start:]


def _judge(received: bytes, ended: bool, settings: Probe, where: str) -> Optional[Verdict]:
    if received[: len(_FIRST)] != _FIRST[: len(received)]:
        return _wrong(f"{where} answered with something that is not HTTP")
    head = _HEAD_END.search(received)
    if head is None:
        return _unfinished(received, ended, where)
    status = _STATUS.match(received)
    lines = received.count(b"\n", 0, head.end())
    if status is not None and settings.expect_body is None and lines <= FEW_LINES:
        return _judge_status(int(status[1]), settings, where)
    try:
        return _judge_complete(received, ended, settings, where)
    except (HTTPException, OSError, ValueError) as error:
        return _wrong(f"{where} sent a malformed answer: {error}")


def _unfinished(received: bytes, ended: bool, where: str) -> Optional[Verdict]:
    if len(received) > HEAD_LIMIT:
        return _wrong(f"{where} sent headers of more than {HEAD_LIMIT // 1024} KiB")
    if ended:
        return _wrong(f"{where} closed the connection in the middle of its answer")
    return None


def _judge_complete(received: bytes, ended: bool, settings: Probe, where: str) -> Optional[Verdict]:
    response = HTTPResponse(cast(socket.socket, _Received(received)), method="GET")
    response.begin()
    status = response.status
    judged = _judge_status(status, settings, where)
    if settings.expect_body is None or judged.evidence is Evidence.WRONG:
        return judged
    body, complete = _body(response)
    if settings.expect_body.encode() in body:
        return Verdict(Evidence.PASSED, f"{where} answered with status {status} and the text")
    if ended or complete or len(body) >= BODY_LIMIT:
        return _wrong(f"the answer of {where} does not contain {settings.expect_body!r}")
    return None


def _judge_status(status: int, settings: Probe, where: str) -> Verdict:
    if not any(low <= status <= high for low, high in settings.expect_status):
        return _wrong(f"{where} answered with status {status}, not {_ranges(settings)}")
    return Verdict(Evidence.PASSED, f"{where} answered with status {status}")


def _body(response: HTTPResponse) -> tuple[bytes, bool]:
    """As much of the body as has come, chunks decoded, and whether that is all of it."""
    body = b""
    try:
        while len(body) < BODY_LIMIT:
            part = response.read1(BODY_LIMIT - len(body))
            if not part:
                break
            body += part
    except HTTPException:  # a chunk that is not there yet, or broken: the peer's close will tell
        return body, False
    return body, response.length == 0 or (bool(response.chunked) and response.isclosed())


def _ranges(settings: Probe) -> str:
    parts = (f"{a}" if a == b else f"{a}-{b}" for a, b in settings.expect_status)
    return ", ".join(parts)


def _wrong(reason: str) -> Verdict:
    return Verdict(Evidence.WRONG, reason)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way of one AWS call: travel, clock, faults, buckets, moto, journal, travel back."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, Optional

from .buckets import size_of
from .call import Call, Reply, Request, read_call
from .errors import error_code, error_reply, throttled
from .faults import Fault
from .log import CallLog
from .moto_app import Moto
from .skew import skew_error
from .stage import STAGE

_CHANGES_EC2 = ("ec2", "cloudformation", "autoscaling")


class Gateway:
    def __init__(self) -> None:
        self.moto = Moto()
        self.log = CallLog()

    def handle(self, request: Request, gone: Callable[[float], None]) -> Optional[Reply]:
        """The reply, or None to close the connection without one.

        `gone(seconds)` returns when the client has closed its end, or after that time.
        """
        call = read_call(request)
        entry = self.log.begin(call, STAGE.time(), request.port)
        started = time.monotonic()
        with STAGE.lock:
            travel = STAGE.settings.latency(call.action) / 2
        _wait(travel)
        reply, outcome = self._decide(call, request, gone)
        if reply is not None:
            _wait(travel)
        self.log.end(entry, outcome, time.monotonic() - started)
        return reply

    def _decide(
        self, call: Call, request: Request, gone: Callable[[float], None]
    ) -> tuple[Optional[Reply], str]:
        with STAGE.lock:
            refusal = skew_error(call, STAGE.time(), STAGE.settings.max_skew_seconds)
            fault = None if refusal else STAGE.faults.find(call)
        if refusal:
            return refusal, error_code(refusal) or ""
        if (
            fault
            and not fault.after
            and fault.kind in ("error", "unavailable", "throttle", "page", "timeout")
        ):
            return _struck(call, fault, gone)
        reply = self._run(call, request)
        if fault:
            return _struck_after(call, fault, reply, gone)
        return reply, error_code(reply) or "ok"

    def _run(self, call: Call, request: Request) -> Reply:
        account = self.moto.account(call)
        with STAGE.lock:
            settings = STAGE.settings
            if settings.throttling and call.service == "ec2":
                size = size_of(call, settings.buckets)
                if not STAGE.buckets.take(call, account, size, time.monotonic()):
                    return throttled(call)
        changes = call.service in _CHANGES_EC2
        with STAGE.ec2 if changes else nullcontext():
            backend = self.moto.backend(account, call.region) if changes else None
            if backend is not None:
                STAGE.journal.region(backend)
            reply = self._answer(call, request)
            if backend is not None and not call.is_read:
                gone = STAGE.journal.record(
                    backend, call.action, call.params.values(), STAGE.time()
                )
                self.moto.forget_tags(backend, gone)
        return reply

    def _answer(self, call: Call, request: Request) -> Reply:
        try:
            return self.moto.answer(request)
        except Exception as error:  # noqa: BLE001 - whatever moto trips over, the client gets an AWS reply
            traceback.print_exc(file=sys.stderr)
            text = f"moto failed at {call.action}: {type(error).__name__}: {error}"
            return error_reply(call, "InternalError", text, 500)

    def warm(self) -> None:
        """Load what the first call of a client would wait for."""
        scope = "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/ec2/aws4_request, "
        headers = {"authorization": scope, "content-type": "application/x-www-form-urlencoded"}
        body = b"Action=DescribeVpcs&Version=2016-11-15"
        self.moto.answer(Request("POST", "/", "", headers, body))
        self.reset()

    def refresh(self, action: str) -> None:
        """Tell of what a setting changed in the eyes of AWS's clients."""
        with STAGE.ec2:
            for backend in STAGE.journal.backends():
                STAGE.journal.record(backend, action, (), STAGE.time())

    def reset(self) -> None:
        with STAGE.ec2, STAGE.lock:
            self.moto.reset()
            STAGE.reset()
            self.log.clear()


def _wait(seconds: float) -> None:
    if seconds > 0:
        time.sleep(seconds)


def _struck(call: Call, fault: Fault, gone: Callable[[float], None]) -> tuple[Optional[Reply], str]:
    """A fault before anything was changed."""
    if fault.kind == "timeout":
        gone(fault.seconds)
        return None, "timeout"
    reply: Any = throttled(call)
    if fault.kind in ("error", "unavailable"):
        reply = error_reply(call, fault.code, fault.message, fault.status)
    return reply, error_code(reply) or "ok"


def _struck_after(
    call: Call, fault: Fault, reply: Reply, gone: Callable[[float], None]
) -> tuple[Optional[Reply], str]:
    """A fault after moto did what was asked."""
    if fault.kind == "lost":
        return None, f"lost after {error_code(reply) or 'ok'}"
    if fault.kind == "late":
        gone(fault.seconds)
        return reply, error_code(reply) or "ok"
    return _struck(call, fault, gone)

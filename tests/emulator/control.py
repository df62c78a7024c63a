# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control API under /_control/: what a test sets and reads beside AWS's own API."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from .call import Reply, Request
from .faults import read_fault
from .gateway import Gateway
from .settings import as_dict, changed
from .stage import STAGE

PREFIX = "/_control/"
_LONGEST_WAIT = 60.0


class Control:
    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._verbs: dict[tuple[str, str], Callable[[Any, dict[str, str]], Any]] = {
            ("GET", "state"): self._state,
            ("GET", "faults"): lambda _body, _query: STAGE.faults.as_list(),
            ("POST", "faults"): self._add_faults,
            ("DELETE", "faults"): self._clear_faults,
            ("GET", "settings"): lambda _body, _query: as_dict(STAGE.settings),
            ("POST", "settings"): self._set,
            ("GET", "clock"): lambda _body, _query: self._clock(),
            ("POST", "clock"): self._set_clock,
            ("GET", "calls"): lambda _body, _query: gateway.log.as_dict(),
            ("DELETE", "calls"): self._clear_calls,
            ("GET", "events"): self._events,
            ("POST", "reset"): self._reset,
        }

    def handle(self, request: Request) -> Reply:
        verb = self._verbs.get((request.method, request.path[len(PREFIX) :].strip("/")))
        if verb is None:
            return _json(
                {"error": f"There is no {request.method} {request.path}.", "use": self._use()}, 404
            )
        query = {key: values[-1] for key, values in parse_qs(request.query).items()}
        try:
            return _json(verb(json.loads(request.body or b"null"), query))
        except (ValueError, TypeError, KeyError) as error:
            return _json({"error": str(error)}, 400)

    def _use(self) -> list[str]:
        return [f"{method} {PREFIX}{name}" for method, name in self._verbs]

    def _state(self, _body: Any, query: dict[str, str]) -> Any:
        """The state; a place asked for by `account` and `region` is there even if never used."""
        with STAGE.ec2:
            if "region" in query:
                backend = self._gateway.moto.backend(query["account"], query["region"])
                STAGE.journal.region(backend)
            return STAGE.journal.state()

    def _add_faults(self, body: Any, _query: dict[str, str]) -> Any:
        faults = [read_fault(each) for each in (body if isinstance(body, list) else [body])]
        with STAGE.lock:
            for fault in faults:
                STAGE.faults.add(fault)
        return STAGE.faults.as_list()

    def _clear_faults(self, _body: Any, _query: dict[str, str]) -> Any:
        with STAGE.lock:
            STAGE.faults.clear()
        return []

    def _set(self, body: Any, _query: dict[str, str]) -> Any:
        with STAGE.ec2, STAGE.lock:
            STAGE.settings = changed(STAGE.settings, body)
            if "throttling" in body or "buckets" in body:
                STAGE.buckets.clear()
        self._gateway.refresh("Settings")
        return as_dict(STAGE.settings)

    def _clock(self) -> Any:
        return {"offset_seconds": STAGE.clock_offset, "time": STAGE.time()}

    def _set_clock(self, body: Any, _query: dict[str, str]) -> Any:
        STAGE.clock_offset = float(body["offset_seconds"])
        return self._clock()

    def _clear_calls(self, _body: Any, _query: dict[str, str]) -> Any:
        self._gateway.log.clear()
        return {}

    def _events(self, _body: Any, query: dict[str, str]) -> Any:
        wait = min(float(query.get("wait", 0)), _LONGEST_WAIT)
        events = STAGE.journal.events(int(query.get("since", 0)), wait)
        return {"events": events, "last": events[-1]["seq"] if events else STAGE.journal.last}

    def _reset(self, _body: Any, _query: dict[str, str]) -> Any:
        self._gateway.reset()
        return {}


def _json(value: Any, status: int = 200) -> Reply:
    body = json.dumps(value, sort_keys=True).encode()
    return Reply(status, (("Content-Type", "application/json"),), body)

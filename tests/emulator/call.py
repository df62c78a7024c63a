# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One request as AWS sees it: the service, the action and its parameters, whatever the protocol."""

from __future__ import annotations

import calendar
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional
from urllib.parse import parse_qsl

_SCOPE = re.compile(r"Credential=([^/,]+)/(\d{8})/([^/,]+)/([^/,]+)/aws4_request")
_READS = re.compile(r"(Describe|Get|List|Search|Head|Lookup|Query|Scan)")


@dataclass(frozen=True)
class Request:
    """One HTTP request, whole. Header names are lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    port: int = 0  # the client's end of the connection: tells connections apart


@dataclass(frozen=True)
class Reply:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class Call:
    service: str
    action: str
    region: str
    access_key: str
    params: Mapping[str, str]
    dated: Optional[float]  # when the client says that it signed, in seconds of the epoch

    @property
    def is_read(self) -> bool:
        return _READS.match(self.action) is not None

    @property
    def text(self) -> str:
        """The parameters as `Key=Value` lines, for a fault's `params` pattern to search."""
        return "\n".join(f"{key}={value}" for key, value in self.params.items())

    def flag(self, name: str) -> bool:
        return self.params.get(name, "").lower() == "true"


def read_call(request: Request) -> Call:
    """What the request asks for; unsigned requests count as service `unknown`."""
    scope = _SCOPE.search(request.headers.get("authorization", ""))
    key, region, service = scope.group(1, 3, 4) if scope else ("", "us-east-1", "unknown")
    action, params = _action_of(request)
    dated = _date_of(request.headers.get("x-amz-date", ""))
    return Call(service, action, region, key, params, dated)


def _action_of(request: Request) -> tuple[str, Mapping[str, str]]:
    target = request.headers.get("x-amz-target")
    if target:
        return target.rsplit(".", 1)[-1], _json_params(request.body)
    form = dict(parse_qsl(request.query, keep_blank_values=True))
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        form.update(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))
    action = form.pop("Action", "") or f"{request.method} {request.path}"
    form.pop("Version", None)
    return action, form


def _json_params(body: bytes) -> Mapping[str, str]:
    try:
        values = json.loads(body or b"{}")
    except ValueError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()
    }


def _date_of(text: str) -> Optional[float]:
    try:
        return float(calendar.timegm(time.strptime(text, "%Y%m%dT%H%M%SZ")))
    except ValueError:
        return None

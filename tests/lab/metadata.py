# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The instance metadata service of one host: version 2 only, at the router's end of its wire.

So it is reached by packets, as long as eth0 is up, and takes no port from the host's own services.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from . import netns
from .credentials import Credentials
from .identity import ROLE, document, find, meta_data
from .plan import HostPlan

ADDRESS = "169.254.169.254"
LONGEST_TOKEN = 21600  # seconds
_TTL = "X-aws-ec2-metadata-token-ttl-seconds"
_TOKEN = "X-aws-ec2-metadata-token"


class Metadata(ThreadingHTTPServer):
    """Answers at a router's link until `close`.

    `fault`: "error" answers everything by 500, "silent" answers nothing.
    """

    daemon_threads = True

    def __init__(
        self,
        plan: HostPlan,
        at: tuple[str, str],
        state: Callable[[], Mapping[str, Any]],
        credentials: Credentials,
    ) -> None:
        super().__init__((ADDRESS, 80), _Handler, bind_and_activate=False)
        self.plan = plan
        self.state = state
        self.credentials = credentials
        self.fault = ""
        self.tokens: dict[str, float] = {}  # when each ends
        router, link = at
        self.socket.close()
        self.socket = netns.listener(router, ADDRESS, 80, link)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """No more: connections are refused from now on."""
        self.shutdown()
        self.server_close()

    def token(self, seconds: int) -> str:
        made = secrets.token_urlsafe(40)
        self.tokens[made] = time.monotonic() + seconds
        return made

    def answer(self, path: str) -> str | None:
        """The text at a path without its version; None where there is nothing."""
        kind, _slash, rest = path.partition("/")
        if kind == "meta-data" and rest.startswith("iam"):
            return self._iam(rest)
        if kind == "meta-data":
            return find(meta_data(self.plan, self.state()), rest)
        if path == "dynamic/instance-identity/document":
            return document(self.plan, self.state())
        return None

    def _iam(self, path: str) -> str | None:
        if path.rstrip("/") == "iam/security-credentials":
            return ROLE
        if path == f"iam/security-credentials/{ROLE}":
            return json.dumps(self.credentials.current(), indent=2)
        return None


class _Handler(BaseHTTPRequestHandler):
    server: Metadata
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        if self._is_faulty():
            return
        asked = self.headers.get(_TTL, "")
        if self.headers.get("X-Forwarded-For"):
            self._say(403, "")
        elif self.path != "/latest/api/token":
            self._say(404, "")
        elif not asked.isdigit() or not 1 <= int(asked) <= LONGEST_TOKEN:
            self._say(400, "")
        else:
            self._say(200, self.server.token(int(asked)))

    def do_GET(self) -> None:
        if self._is_faulty():
            return
        until = self.server.tokens.get(self.headers.get(_TOKEN, ""), 0.0)
        if until < time.monotonic():
            self._say(401, "")
            return
        found = self.server.answer(self.path.lstrip("/").partition("/")[2])
        self._say(404 if found is None else 200, found or "")

    def _is_faulty(self) -> bool:
        fault = self.server.fault
        if fault == "silent":
            self.rfile.read(1)  # returns when the client has given up
            self.close_connection = True
        elif fault:
            self._say(500, "")
        return bool(fault)

    def _say(self, code: int, text: str) -> None:
        body = text.encode()
        self.send_response(code)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""

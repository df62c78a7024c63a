# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A metadata service on loopback: version 2 only, as strict about tokens as the real one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "a-token"
MACS = "network/interfaces/macs/"


def tree(
    *interfaces: str, instance: str = "i-0a", region: str = "eu-west-1", partition: str = "aws"
) -> dict[str, str]:
    """What an instance with these interfaces is told, by path below meta-data."""
    macs = {f"02:00:00:00:00:{number:02x}": eni for number, eni in enumerate(interfaces)}
    return {
        "instance-id": instance,
        "placement/region": region,
        "services/partition": partition,
        MACS: "\n".join(f"{mac}/" for mac in macs),
        **{f"{MACS}{mac}/interface-id": eni for mac, eni in macs.items()},
    }


@dataclass
class Metadata:
    """`status`: what it answers everything with, if not as it should. `asked`: verb and path."""

    url: str
    answers: Mapping[str, str]
    status: int = 200
    delay: threading.Event | None = None  # nothing is answered before this is set
    asked: list[str] = field(default_factory=list)

    def answer(self, verb: str, path: str, headers: Mapping[str, str]) -> tuple[int, str]:
        self.asked.append(f"{verb} {path}")
        given = {name.lower(): value for name, value in headers.items()}
        if self.delay is not None:
            self.delay.wait(10)
        if self.status != 200:
            return self.status, ""
        if verb == "PUT":
            seconds = given.get("x-aws-ec2-metadata-token-ttl-seconds", "")
            fits = path == "/latest/api/token" and seconds.isdigit()
            return (200, TOKEN) if fits else (400, "")
        if given.get("x-aws-ec2-metadata-token") != TOKEN:
            return 401, ""
        found = self.answers.get(path.removeprefix("/latest/meta-data/"))
        return (404, "") if found is None else (200, found)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    made: Metadata

    def handle_error(self, _request: Any, _client: Any) -> None:
        """Who asked has gone: nothing to say."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        code, text = self.server.made.answer(self.command, self.path, dict(self.headers))
        self.send_response(code)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    do_PUT = do_GET

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@contextmanager
def metadata(answers: Mapping[str, str]) -> Iterator[Metadata]:
    """One that runs as long as the `with` does."""
    server = _Server(("127.0.0.1", 0), _Handler)
    made = server.made = Metadata(f"http://127.0.0.1:{server.server_port}", answers)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()

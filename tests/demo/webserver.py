# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A web server that answers its own name on / and /health; ended by a signal, as a crash would.

It also takes requests for `http://100.64.10.10/`, as the router hands them on unchanged.
"""

from __future__ import annotations

import argparse
import http.server
import urllib.parse

PATHS = ("/", "/health")


class Answer(http.server.BaseHTTPRequestHandler):
    """One request; the server's name is what it answers."""

    server: Server

    def do_GET(self) -> None:
        known = (urllib.parse.urlsplit(self.path).path or "/") in PATHS
        body = f"{self.server.name}\n".encode() if known else b"there is only / and /health\n"
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing: a hundred requests a second come in."""


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def __init__(self, name: str, address: str, port: int) -> None:
        super().__init__((address, port), Answer)
        self.name = name

    def server_bind(self) -> None:
        """Bind without the reverse lookup of our own name that http.server makes."""
        super(http.server.HTTPServer, self).server_bind()
        host, port = self.server_address[:2]
        self.server_name, self.server_port = str(host), int(port)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True, help="what to answer")
    parser.add_argument("--address", required=True, help="a loopback address, such as 127.0.1.10")
    parser.add_argument("--port", required=True, type=int)
    options = parser.parse_args()
    with Server(options.name, options.address, options.port) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()

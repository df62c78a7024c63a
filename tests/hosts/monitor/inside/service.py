# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a target serves on the address given: HTTP on port 80, and HTTPS on 443."""

from __future__ import annotations

import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "/etc/service.pem"


class Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def main() -> None:
    plain, private = (ThreadingHTTPServer((sys.argv[1], port), Healthy) for port in (80, 443))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(KEY)
    private.socket = context.wrap_socket(private.socket, server_side=True)
    threading.Thread(target=private.serve_forever, daemon=True).start()
    plain.serve_forever()


if __name__ == "__main__":
    main()

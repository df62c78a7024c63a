# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service on the targets: health by HTTP, and echo.py, in one process: both die together.

`python3 service.py NAME PORT [ECHO_PORT]`. While /run/slow holds a number, each answer by HTTP
takes that many seconds.
"""

from __future__ import annotations

import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import echo  # type: ignore[import-not-found]  # on a host it lies beside this file

SLOW = Path("/run/slow")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if SLOW.exists():
            time.sleep(float(SLOW.read_text(encoding="ascii")))
        body = f"{sys.argv[1]}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    request_queue_size = 512  # of five, a pause of 30 ms drops what clients ask every 10 ms


def main() -> int:
    at = int(sys.argv[3]) if len(sys.argv) > 3 else echo.PORT
    threading.Thread(target=echo.serve, args=(sys.argv[1], at), daemon=True).start()
    Server(("", int(sys.argv[2])), Handler).serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())

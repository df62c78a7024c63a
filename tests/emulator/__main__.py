# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start the embedded AWS: `python -m ansible_collections.netops.floating_ip.tests.emulator`."""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import socket
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Optional

from .client import Emulator

if TYPE_CHECKING:
    from .server import Server


def main() -> int:
    options = _options()
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    os.environ.setdefault("MOTO_AMIS_PATH", str(Path(__file__).with_name("images.json")))
    from .server import Door, Server

    try:
        server = Server(options.host, options.port)
        doors = [Door(server, socket.socket(fileno=descriptor)) for descriptor in options.door]
        if "all" not in options.without:
            from .corrections.install import install

            install(options.without)
    except (ValueError, OSError) as error:
        print(f"The emulator cannot start: {error}", file=sys.stderr)
        return 2
    _end_on_signals(server)
    if options.until_stdin_closes:
        threading.Thread(target=_follow_stdin, args=(server,), daemon=True).start()
    server.gateway.warm()
    for door in doors:
        threading.Thread(target=door.serve_forever, args=(0.1,), daemon=True).start()
    _announce(server.url, options.ready_file)
    server.serve_forever(poll_interval=0.1)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="emulator", description="An AWS for tests, on loopback only."
    )
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address (%(default)s)")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one (%(default)s)")
    parser.add_argument("--ready-file", type=Path, help="write the URL here as well, when ready")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="CORRECTION",
        help="leave out a correction (Route.state), or all: shows what a new moto still needs",
    )
    _add_doors(parser)
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end when whoever started this one ends"
    )
    return parser.parse_args()


def _add_doors(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--door",
        type=int,
        action="append",
        default=[],
        metavar="DESCRIPTOR",
        help="answer on this listening socket as well: whoever made it says who can reach it",
    )


def _end_on_signals(server: Server) -> None:
    def stop(_number: int, _frame: Optional[FrameType]) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _follow_stdin(server: Server) -> None:
    """End with the process that started this one, however that one ends."""
    sys.stdin.buffer.read()
    server.shutdown()


def _announce(url: str, ready_file: Optional[Path]) -> None:
    for name, value in Emulator(url).environment().items():
        print(f"export {name}={shlex.quote(value)}")
    sys.stdout.flush()
    if ready_file is not None:
        beside = ready_file.with_name(ready_file.name + ".new")
        beside.write_text(url + "\n", encoding="utf-8")
        beside.replace(ready_file)


if __name__ == "__main__":
    sys.exit(main())

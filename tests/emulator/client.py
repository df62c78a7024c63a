# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A client of the emulator for tests: starts one, sets what it should do, reads what it did."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Optional, Union
from urllib.parse import urlsplit

from ..opened import Opened

MODULE = "ansible_collections.netops.floating_ip.tests.emulator"
ACCOUNT = "123456789012"
REGION = "eu-west-1"
_START_SECONDS = 120.0  # a bound for a machine that is busy and has nothing compiled yet


class Emulator(Opened):
    """An emulator at a URL. `with Emulator.start() as emulator:` runs one of its own."""

    def __init__(self, url: str, process: Optional[subprocess.Popen[bytes]] = None) -> None:
        self.url = url
        self._process = process

    @classmethod
    def start(
        cls, *options: str, log: Optional[Path] = None, doors: Sequence[int] = ()
    ) -> Emulator:
        """Start one in a process of its own; RuntimeError with its output if it does not.

        `doors`: descriptors of listening sockets on which it answers as well.
        """
        with tempfile.TemporaryDirectory() as directory:
            ready = Path(directory, "url")
            output = log or Path(directory, "log")
            command = [sys.executable, "-m", MODULE, "--ready-file", str(ready)]
            command += ["--until-stdin-closes", *options]
            command += [f"--door={descriptor}" for descriptor in doors]
            with output.open("wb") as stream:
                process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=stream,
                    stderr=stream,
                    env=_host_environment(),
                    pass_fds=doors,
                )
            return cls(_await(ready, process, output), process)

    def close(self) -> None:
        """End the process that `start` made."""
        if self._process is not None:
            _end(self._process)
            self._process = None

    @property
    def pid(self) -> Optional[int]:
        return self._process.pid if self._process else None

    def environment(self, region: str = REGION) -> dict[str, str]:
        """The variables that send boto3, the AWS command line and Ansible to this emulator."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }

    def state(self, region: str = REGION, account: str = ACCOUNT) -> dict[str, Any]:
        """Everything of one account and Region, sorted: equal states mean that nothing changed."""
        found = self.control("GET", f"state?account={account}&region={region}")
        place: dict[str, Any] = found[f"{account}/{region}"]
        return place

    def fault(self, kind: str, action: str = ".*", **more: Any) -> None:
        """Let calls go wrong; see faults.py for the kinds and the keys."""
        self.control("POST", "faults", {"kind": kind, "action": action, **more})

    def faults(self) -> list[dict[str, Any]]:
        """The faults, with how often each matched and was applied."""
        found: list[dict[str, Any]] = self.control("GET", "faults")
        return found

    def clear_faults(self) -> None:
        self.control("DELETE", "faults")

    def settings(self, **values: Any) -> dict[str, Any]:
        """Change settings (see settings.py); the whole of them comes back."""
        found: dict[str, Any] = self.control("POST", "settings", values)
        return found

    def clock(self, offset_seconds: float) -> None:
        """Put the emulator's clock this far ahead of the host's."""
        self.control("POST", "clock", {"offset_seconds": offset_seconds})

    def calls(self, action: Optional[str] = None) -> list[dict[str, Any]]:
        """The calls so far, oldest first; only those of one action if given."""
        found: list[dict[str, Any]] = self.control("GET", "calls")["calls"]
        return [call for call in found if action in (None, call["action"])]

    def counts(self) -> dict[str, int]:
        """How many calls of each action."""
        found: dict[str, int] = self.control("GET", "calls")["counts"]
        return found

    def clear_calls(self) -> None:
        self.control("DELETE", "calls")

    def events(self, since: int = 0, wait: float = 0.0) -> list[dict[str, Any]]:
        """The changes after number `since`; waits up to `wait` seconds for one."""
        found: list[dict[str, Any]] = self._events(since, wait)["events"]
        return found

    def last_event(self) -> int:
        """The number of the newest event, to wait for later ones."""
        return int(self._events(2**53, 0)["last"])

    def _events(self, since: int, wait: float) -> Any:
        return self.control("GET", f"events?since={since}&wait={wait}", timeout=wait + 30)

    def reset(self) -> None:
        """Back to an empty AWS with default settings and no faults."""
        self.control("POST", "reset")

    def control(
        self,
        method: str,
        path: str,
        body: Union[Mapping[str, Any], Sequence[Any], None] = None,
        timeout: float = 30.0,
    ) -> Any:
        """One call of the control API; ValueError with its sentence if it refuses."""
        at = urlsplit(self.url)
        connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=timeout)
        try:
            payload = None if body is None else json.dumps(body)
            connection.request(method, f"/_control/{path}", payload)
            reply = connection.getresponse()
            value = json.loads(reply.read())
        finally:
            connection.close()
        if reply.status >= 400:
            raise ValueError(value["error"])
        return value


def _host_environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
    return {**kept, "AWS_EC2_METADATA_DISABLED": "true", "PYTHONDONTWRITEBYTECODE": ""}


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _await(ready: Path, process: subprocess.Popen[bytes], output: Path) -> str:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if ready.exists():
            return ready.read_text(encoding="utf-8").strip()
        time.sleep(0.02)
    _end(process)
    raise RuntimeError(
        f"The emulator did not start: {output.read_text(encoding='utf-8', errors='replace')}"
    )

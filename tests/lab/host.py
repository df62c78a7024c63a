# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One host: a systemd machine with its own network namespace, disk and cgroup."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .commands import CommandFailed, Ran, run
from .dhcp import Dhcp
from .disk import Disk
from .enter import cgroup_of, entering, leader_of
from .metadata import Metadata
from .places import cgroup_mount
from .plan import HostPlan
from .router import Router, Wire

SUPERVISOR = Path(__file__).with_name("supervise.sh")
BOOT_SECONDS = 60.0
UP = ("running", "degraded")
_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
}


class Host:
    def __init__(self, plan: HostPlan, disk: Disk, router: Router, wire: Wire) -> None:
        self.plan = plan
        self.name = plan.name
        self.netns = wire.netns
        self.disk = disk
        self.wire = wire
        self.metadata: Metadata | None = None  # for an instance
        self.dhcp: Dhcp | None = None  # where the plan says so
        self._router = router
        self._cgroup = cgroup_of(disk.directory)
        self._process: subprocess.Popen[bytes] | None = None

    # --- Inside -------------------------------------------------------------------------------

    def run(
        self,
        command: str | Sequence[str],
        check: bool = True,
        timeout: float = 30.0,
        text: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> Ran:
        """Run a command as root: a string by sh, a list as it is; `text` is its input.

        RuntimeError where the host is off; CommandFailed for another code than 0 if `check` is
        set, and for one that takes too long.
        """
        argv = ["/bin/sh", "-c", command] if isinstance(command, str) else list(command)
        there = {**_ENVIRONMENT, **(environment or {})}
        called = f"on {self.name}: {command if isinstance(command, str) else shlex.join(argv)}"
        return run(entering(self.disk.directory, argv), check, timeout, text, called, env=there)

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        """Write a file, folders and all, whether the host is on or off."""
        if self.leader is None:
            self.disk.write(path, text, mode)
        else:
            self.run(["install", "-D", f"--mode={mode:o}", "/dev/stdin", path], text=text)

    def read(self, path: str) -> str:
        if self.leader is None:
            return self.disk.read(path)
        return self.run(["cat", path]).out

    def wait(self, timeout: float = BOOT_SECONDS) -> str:
        """Wait until it is up; `running`, or `degraded` where a unit failed.

        RuntimeError with the end of its console if that takes too long.
        """
        end = time.monotonic() + timeout
        self._until(self._is_listening, end, "has not started its systemd")
        left = max(1.0, end - time.monotonic())
        state = self.run("systemctl is-system-running --wait", False, left).out.strip()
        if state not in UP:
            raise RuntimeError(f"{self.name} is {state}, not running.\n{self.console()}")
        return state

    # --- From outside -------------------------------------------------------------------------

    @property
    def leader(self) -> int | None:
        """The number of its process 1 on this machine; None while it is off."""
        return leader_of(self.disk.directory)

    def start(self) -> None:
        """Switch it on; it comes up in its own time. RuntimeError if it is on."""
        if self._process is not None and self._process.poll() is None:
            raise RuntimeError(f"{self.name} is on already.")
        self._cgroup.mkdir(parents=True, exist_ok=True)
        folders = [str(self.disk.directory), str(self.disk.image)]
        names = [str(self._cgroup.relative_to(cgroup_mount())), self.netns, self.name]
        binds = [f"--bind-ro={outside}:{at}" for at, outside in self.plan.binds.items()]
        argv = ["unshare", "--mount", "--propagation", "private", str(SUPERVISOR)]
        with (self.disk.directory / "console.log").open("ab") as console:
            self._process = subprocess.Popen(
                [*argv, *folders, *names, *binds],
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                start_new_session=True,
            )

    def kill(self) -> None:
        """The end without a word, as of a machine that lost its power: silence, then nothing."""
        self._router.silence(self.netns)
        (self._cgroup / "cgroup.kill").write_text("1", encoding="ascii")
        self.ended(5.0)
        end = time.monotonic() + 5.0
        while self.leader is not None and time.monotonic() < end:
            time.sleep(0.001)  # it is dying still, and would pass for the next one

    def power_off(self) -> None:
        """Shut it down in good order, and wait for that."""
        self._signal(signal.SIGRTMIN + 4)
        self.ended(BOOT_SECONDS)
        self._router.silence(self.netns)

    def reboot(self) -> None:
        """Reboot it in good order, and wait until it is up again."""
        before = self.leader
        self._signal(signal.SIGINT)
        end = time.monotonic() + BOOT_SECONDS
        self._until(lambda: self.leader not in (None, before), end, "has not rebooted")
        self.wait(end - time.monotonic())

    def freeze(self) -> None:
        """Stop all that runs inside, as a hypervisor does. Its kernel still answers ping."""
        self._set_frozen(True)

    def thaw(self) -> None:
        self._set_frozen(False)

    def ended(self, timeout: float) -> None:
        """Wait until it is off."""
        if self._process is not None:
            try:
                self._process.wait(timeout)
            except subprocess.TimeoutExpired:
                said = Ran(124, self.console(), "")
                raise CommandFailed(f"{self.name} is not off after {timeout:g} s", said) from None

    @property
    def is_frozen(self) -> bool:
        events = self._cgroup / "payload" / "cgroup.events"
        return events.exists() and "frozen 1" in events.read_text(encoding="ascii")

    def console(self, lines: int = 20) -> str:
        """The end of what it wrote on its console."""
        text = (self.disk.directory / "console.log").read_text(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def journal(self, unit: str = "", lines: int = 100) -> str:
        """The end of its journal, or of one unit's; it must be on."""
        only = ["--unit", unit] if unit else []
        return self.run(["journalctl", "--no-pager", f"--lines={lines}", *only]).out

    def in_network(self, argv: Sequence[str], check: bool = True, timeout: float = 30.0) -> Ran:
        """Run a program of this machine in the host's network alone, even while it is frozen."""
        return run(["ip", "netns", "exec", self.netns, *argv], check, timeout)

    def unserve(self) -> None:
        """End what AWS offers to it."""
        for service in (self.metadata, self.dhcp):
            if service is not None:
                service.close()

    # --- How ----------------------------------------------------------------------------------

    def _is_listening(self) -> bool:
        leader = self.leader
        return leader is not None and Path(f"/proc/{leader}/root/run/systemd/private").exists()

    def _until(self, holds: Callable[[], bool], end: float, what: str) -> None:
        while not holds():
            process = self._process
            if process is None or process.poll() is not None:
                raise RuntimeError(f"{self.name} {what}; it is off.\n{self.console()}")
            if time.monotonic() > end:
                raise RuntimeError(f"{self.name} {what} in time.\n{self.console()}")
            time.sleep(0.01)

    def _signal(self, number: int) -> None:
        leader = self.leader
        if leader is None:
            raise RuntimeError(f"{self.name} is not running.")
        os.kill(leader, number)

    def _set_frozen(self, frozen: bool) -> None:
        payload = self._cgroup / "payload"
        (payload / "cgroup.freeze").write_text(str(int(frozen)), encoding="ascii")
        end = time.monotonic() + 5.0
        done = f"frozen {int(frozen)}"
        while done not in (payload / "cgroup.events").read_text(encoding="ascii"):
            if time.monotonic() > end:
                raise RuntimeError(f"{self.name} did not freeze or thaw within 5 s.")
            time.sleep(0.001)

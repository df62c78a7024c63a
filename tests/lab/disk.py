# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The disk of a host: the image below, what differs on top. It outlives the host's being off."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from .plan import HostPlan
from .stacks import setup_of

UNITS = "etc/systemd/system"
# nspawn gives each boot an id of its own by a mount below /proc. A service that is confined gets a
# /proc without that mount, and would see the id of this machine's boot, unlike everyone else there.
CONFINED = "floating-ip-monitor.service"
SEES_THE_BOOT = "[Service]\nBindPaths=/proc\n"


class Disk:
    def __init__(self, directory: Path, image: Path) -> None:
        self.directory = directory
        self.image = image
        self.upper = directory / "upper"

    def make(self, plan: HostPlan) -> None:
        """An empty disk with what makes this host itself."""
        for name in ("upper", "work", "root"):
            (self.directory / name).mkdir(parents=True)
        setup = setup_of(plan)
        identity = hashlib.sha256(f"{self.directory}".encode()).hexdigest()[:32]
        self.write("etc/machine-id", identity + "\n")
        self.write("etc/hostname", plan.name + "\n")
        self.write("etc/hosts", f"127.0.0.1 localhost\n127.0.1.1 {plan.name}\n::1 localhost\n")
        self.write(f"{UNITS}/{CONFINED}.d/50-boot-id.conf", SEES_THE_BOOT)
        for path, text in setup.files.items():
            self.write(path, text, 0o600 if path.endswith(".nmconnection") else 0o644)
        for unit in setup.wanted:
            self._link(f"{UNITS}/multi-user.target.wants/{unit}", self._unit(unit))
        for unit in setup.masked:
            self._link(f"{UNITS}/{unit}", "/dev/null")

    def _unit(self, unit: str) -> str:
        ours = (self.upper / UNITS / unit).exists()
        return f"/{UNITS}/{unit}" if ours else f"/lib/systemd/system/{unit}"

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        """Write a file while the host is off."""
        at = self._room(path)
        at.unlink(missing_ok=True)
        at.write_text(text, encoding="utf-8")
        at.chmod(mode)

    def read(self, path: str) -> str:
        """Read a file while the host is off."""
        inside = path.lstrip("/")
        ours = self.upper / inside
        return (ours if ours.exists() else self.image / inside).read_text(encoding="utf-8")

    def _link(self, path: str, to: str) -> None:
        self._room(path).symlink_to(to)

    def _room(self, path: str) -> Path:
        """The path on top; folders are made as they are below."""
        at = self.upper / path.lstrip("/")
        for folder in reversed(at.relative_to(self.upper).parents):
            ours, below = self.upper / folder, self.image / folder
            if not ours.exists():
                ours.mkdir()
                if below.is_dir():
                    shutil.copystat(below, ours)
        return at

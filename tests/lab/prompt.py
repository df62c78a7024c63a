# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The prompt of `./dev lab`: look at a site, break it, and see what a client sees."""

from __future__ import annotations

import cmd
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from .box import ADDRESS, CLIENTS, NAME, TARGETS, Site
from .host import Host

METER = Path(__file__).with_name("meter.py")


class Prompt(cmd.Cmd):
    """One method for each command; the first line of its text is its help."""

    prompt = "lab> "
    intro = f"The floating IP {NAME} is {ADDRESS}. `help` lists what you can do here."

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.site = site

    def do_status(self, _line: str) -> None:
        """status: who holds the address, how the hosts are, what the clients see."""
        for table, holder in self.site.holders().items():
            print(f"  {table} leads to {holder or 'nothing'}")
        for host in self.site.hosts.values():
            state = "off" if host.leader is None else "frozen" if host.is_frozen else "on"
            print(f"  {host.name} {host.plan.ip} is {state}")
        for name in CLIENTS:
            who = self.site.clients[name].ask(ADDRESS)
            print(f"  {name} is answered by {who or 'nobody'}")
        for start, end in self.site.lab.cuts.now:
            print(f"  cut: {start} -> {end}")

    def do_kill(self, line: str) -> None:
        """kill HOST: power gone, link down."""
        self._host(line, Host.kill)

    def do_freeze(self, line: str) -> None:
        """freeze HOST: nothing in it runs any more; its kernel still answers."""
        self._host(line, Host.freeze)

    def do_thaw(self, line: str) -> None:
        """thaw HOST: after freeze."""
        self._host(line, Host.thaw)

    def do_start(self, line: str) -> None:
        """start HOST: after kill."""
        self._host(line, Host.start)

    def do_reboot(self, line: str) -> None:
        """reboot HOST: in good order."""
        self._host(line, Host.reboot)

    def do_stop(self, line: str) -> None:
        """stop HOST: its service alone; `run HOST systemctl start service` brings it back."""
        self._host(line, lambda host: host.run("systemctl stop service"))

    def do_run(self, line: str) -> None:
        """run HOST COMMAND: for example `run db-a floating-ip status`."""
        name, _space, command = line.partition(" ")
        self._host(name, lambda host: print(_said(host, command), end=""))

    def do_cut(self, line: str) -> None:
        """cut A B: no packet passes between them. A host, a client, or aws."""
        self._pair(line, self.site.lab.cuts.cut)

    def do_heal(self, line: str) -> None:
        """heal [A [B]]: undo cuts."""
        self.site.lab.cuts.heal(*line.split()[:2])

    def do_move(self, line: str) -> None:
        """move HOST: the runbook failover."""
        told = self.site.play("failover", check=False, floating_ip=NAME, to=line.strip())
        print(told.out + told.err)

    def do_delay(self, line: str) -> None:
        """delay SECONDS: how long a change in EC2 takes to be true of packets."""
        self.site.vpc.propagation = float(line or 0)

    def do_watch(self, line: str) -> None:
        """watch [CLIENT]: who answers, a line for each change, until Ctrl-C."""
        name = line.strip() or CLIENTS[0]
        if name not in self.site.clients:
            raise ValueError(f"There is no client {name!r}; there are {', '.join(CLIENTS)}.")
        client = self.site.clients[name]
        argv = [sys.executable, str(METER), ADDRESS]
        process = client.spawn(argv, stdout=subprocess.PIPE, text=True, start_new_session=True)
        print("  Ctrl-C ends this; a line comes when a stretch of time has ended.")
        try:
            for text in process.stdout or ():
                _show(text)
        except KeyboardInterrupt:
            process.terminate()
            for text in process.stdout or ():
                _show(text)
        process.wait()

    def do_quit(self, _line: str) -> bool:
        """quit: end all of it. So does Ctrl-D."""
        print()
        return True

    do_EOF = do_quit

    def emptyline(self) -> bool:
        return False

    def default(self, line: str) -> None:
        print(f"  There is no command {line.split(maxsplit=1)[0]!r}; `help` lists them.")

    def onecmd(self, line: str) -> bool:
        try:
            return bool(super().onecmd(line))
        except (RuntimeError, ValueError) as error:
            print(f"  {error}")
            return False

    def _host(self, name: str, act: Callable[[Host], object]) -> None:
        name = name.strip()
        if name not in self.site.hosts:
            raise ValueError(f"There is no host {name!r}; there are {', '.join(self.site.hosts)}.")
        act(self.site.hosts[name])

    def _pair(self, line: str, act: Callable[[str, str], object]) -> None:
        if len(line.split()) != 2:
            raise ValueError(f"Name two, for example: cut {TARGETS[0]} {CLIENTS[0]}")
        act(*line.split())


def _said(host: Host, command: str) -> str:
    ran = host.run(command, check=False)
    return ran.out + ran.err


def _show(text: str) -> None:
    told = json.loads(text)
    if "who" in told:
        at = time.strftime("%H:%M:%S", time.localtime(told["start"]))
        seconds = told["end"] - told["start"]
        print(f"  {at} {told['who'] or 'nobody'} for {seconds:.2f} s, {told['packets']} packets")
    elif "lost" in told:
        print(f"  {told['lost']} of {told['sent']} packets lost")

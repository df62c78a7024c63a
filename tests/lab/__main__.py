# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lab from the command line: what `./dev lab` does.

up (or nothing)    a VPC with a deployed floating IP, and a prompt
test [ARGS]        the fault suite; ARGS go to pytest
image [SUITE...]   build the root file systems that are not in the cache
boot NAME...       boot hosts with an emulated AWS, say how to get in, until Ctrl-C
sweep              end what crashed runs left
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from .box import Layout, Site
from .commands import CommandFailed
from .image import image, suites
from .lab import HostPlan, Lab
from .plan import STACKS
from .prompt import Prompt
from .sweep import sweep


def main() -> int:
    signal.signal(signal.SIGTERM, _interrupt)
    options = _options()
    try:
        return int(options.verb(options) or 0)
    except KeyboardInterrupt:
        return 130
    except (CommandFailed, RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lab", description="Test hosts. Needs root.")
    parser.set_defaults(verb=_up, suite=suites()[0], stack=STACKS[0])
    verbs = parser.add_subparsers()
    up = verbs.add_parser("up", help="a VPC with a floating IP, and a prompt (the default)")
    up.set_defaults(verb=_up)
    # No option is its own, so that all of them go to pytest.
    test = verbs.add_parser("test", help="the fault suite", prefix_chars="+", add_help=False)
    test.add_argument("arguments", nargs="*", metavar="ARGS")
    test.set_defaults(verb=_test)
    images = verbs.add_parser("image", help="build what is not in the cache")
    images.add_argument("suites", nargs="*", default=suites(), metavar="SUITE")
    images.set_defaults(verb=_image)
    boot = verbs.add_parser("boot", help="boot hosts, until Ctrl-C")
    boot.add_argument("names", nargs="+", metavar="NAME")
    for each in (up, boot):
        each.add_argument("--suite", default=suites()[0], choices=suites())
        each.add_argument("--stack", default=STACKS[0], choices=STACKS)
    boot.set_defaults(verb=_boot)
    verbs.add_parser("sweep", help="end what crashed runs left").set_defaults(verb=_sweep)
    return parser.parse_args()


def _up(options: argparse.Namespace) -> None:
    with Lab.start() as lab:
        print("Booting …", flush=True)
        site = Site.build(lab, Layout(suite=options.suite, stack=options.stack))
        print("Deploying …", flush=True)
        site.play("deploy")
        Prompt(site).cmdloop()


def _test(options: argparse.Namespace) -> int:
    faults = Path(__file__).parents[1] / "hosts" / "faults"
    if not faults.exists():
        raise RuntimeError(f"There is no fault suite yet: {faults} does not exist.")
    shared = ["--numprocesses", "2"]  # most of the time they wait
    command = [sys.executable, "-m", "pytest", "-q", *shared, str(faults), *options.arguments]
    return subprocess.run(command, check=False).returncode


def _image(options: argparse.Namespace) -> None:
    for suite in options.suites:
        started = time.monotonic()
        print(f"{suite}: {image(suite)} ({time.monotonic() - started:.0f} s)", flush=True)


def _boot(options: argparse.Namespace) -> None:
    with Lab.start() as lab:
        for number, name in enumerate(options.names, 10):
            address = f"10.0.1.{number}/24"
            lab.boot(HostPlan(name, address, suite=options.suite, stack=options.stack))
        states = {host.name: host.wait() for host in lab.hosts.values()}
        print(f"run {lab.places.run} AWS {lab.emulator.url} (hosts: {lab.api_url})", flush=True)
        for host in lab.hosts.values():
            door = f"nsenter --target {host.leader} --all"
            print(f"{host.name} {host.plan.ip} {states[host.name]}: {door}", flush=True)
        signal.pause()


def _sweep(_options: argparse.Namespace) -> None:
    print("Ended: " + (", ".join(sweep()) or "nothing was left."))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())

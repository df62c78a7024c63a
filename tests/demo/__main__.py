# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Watch an address fail over, on this machine alone: `./dev demo`. No AWS account, no root.

Exit code 0 only if every step did what it says; 1 where one did not, with its log's name.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.plugins.module_utils._report.timeline import timeline
from ansible_collections.netops.floating_ip.plugins.module_utils._report.wording import lasting

from ..emulator.client import Emulator
from . import plan, ports
from .commands import STOPPING, Commands, StepFailed
from .scenario import EPILOGUE, STORY, Step
from .stage import Stage
from .telling import tell

INTERRUPTED = 130


def say(text: str = "") -> None:
    print(text, flush=True)


def play(stage: Stage, steps: Sequence[Step], number: int, total: int) -> None:
    """Run the steps in order; the first that fails ends it."""
    for count, step in enumerate(steps, number):
        say(f"\n[{count:2}/{total}] {step.title}")
        stage.steps.append(tell(Kind.STEP, step.title))
        began = time.monotonic()
        logged = len(stage.commands.logged)
        try:
            found = step.run(stage)
        except (StepFailed, OSError, ValueError, LookupError) as error:
            raise StepFailed(f"{error}\nIts logs: {logs_of(stage, logged)}") from None
        say(f"        ok, {lasting(time.monotonic() - began)}: {found}")


def logs_of(stage: Stage, since: int) -> str:
    """The logs of a step's own commands; of what runs in the background, where it ran none."""
    logs = stage.commands.logged[since:] or [process.log for process in stage.commands.started]
    return ", ".join(plan.rel(log) for log in logs)


def run(keep: bool) -> int:
    began = time.monotonic()
    total = len(STORY) + len(EPILOGUE)
    with prepared() as stage:
        say("A floating IP fails over, on this machine alone: no AWS account, no root.")
        say(f"Each command below can be run as it stands, in {plan.ROOT}, after:")
        say(f"        {exports()}")
        try:
            play(stage, STORY, 1, total)
            if keep:
                show_timeline(stage)
                show_what_next(stage)
                prompt()
            play(stage, EPILOGUE, len(STORY) + 1, total)
        except StepFailed as error:
            show_timeline(stage)
            say(f"\nThe last step failed: {error}")
            return 1
    if not keep:
        show_timeline(stage)
        show_what_next(stage)
    say(f"\nEvery step did what it says, in {lasting(time.monotonic() - began)}.")
    return 0


@contextlib.contextmanager
def prepared() -> Iterator[Stage]:
    """A stage with nothing on it; whatever was started on it has ended when this ends."""
    for folder in (plan.CACHE, plan.LOGS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    commands = Commands(plan.ROOT, plan.LOGS, environment(), lambda text: say(f"        {text}"))
    wanted = (
        (["127.0.0.1"], plan.EMULATOR_PORT),
        (list(plan.TARGETS.values()), plan.PROBE_PORT),
        (["127.0.0.1"], plan.ROUTER_PORT),
    )
    with contextlib.ExitStack() as kept:
        api, probe, router = (kept.enter_context(ports.reserved(*one)) for one in wanted)
        try:
            yield Stage(commands, Emulator(f"http://127.0.0.1:{api}"), probe, router)
        finally:
            with uninterrupted():
                commands.stop_all()


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """A second Ctrl-C must not leave half of it running."""
    kept = {number: signal.signal(number, signal.SIG_IGN) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Only one demo at a time has the folders in .cache; StepFailed for a second one."""
    lock = plan.CACHE.with_name("demo.lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StepFailed("another demo is running in this clone; wait for its end") from None
        yield


def environment() -> dict[str, str]:
    """What every command is given: this Python's programs first, and keys for the emulator."""
    path = f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**os.environ, **plan.ENVIRONMENT, "PATH": path, "ANSIBLE_FORCE_COLOR": "0"}


def exports() -> str:
    """The line that makes a shell's environment the demo's own."""
    path = f'PATH={shlex.quote(os.path.dirname(sys.executable))}:"$PATH"'
    named = [f"{name}={shlex.quote(value)}" for name, value in plan.ENVIRONMENT.items()]
    return " ".join(["export", path, *named])


def show_timeline(stage: Stage) -> None:
    is_ascii = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    say("\n" + timeline(stage.all_events(), ascii_only=is_ascii).rstrip())


def show_what_next(stage: Stage) -> None:
    name = plan.FLOATING_IP
    say("\nThree commands to try; `./dev demo --keep` stops here with all of it running:")
    say(f"        curl --proxy http://{stage.router} http://{plan.ADDRESS}/")
    second = list(plan.TARGETS)[1]
    say(f"        {shlex.join(plan.playbook('failover', floating_ip=name, to=second))}")
    say(f"        {shlex.join(plan.agent('status'))}")
    say("\nWith an account of your own, the same, without the emulator:")
    say(f"        cp -r {plan.rel(plan.INVENTORY)} inventory   # then fill in its group_vars:")
    say("        #   your region, VPC and interfaces; no endpoint_url, no probe on loopback")
    for playbook in ("validate", "deploy --check --diff", "deploy", "status"):
        say(f"        ansible-playbook -i inventory {plan.COLLECTION}.{playbook}")


def prompt() -> None:
    """A shell with everything still running; its end goes on with the demo's."""
    say("\nAll of it is running. `exit` ends it.")
    shell = {"PS1": "(floating IP demo) \\w \\$ ", "ANSIBLE_INVENTORY": str(plan.INVENTORY)}
    variables = {**environment(), **shell}
    # The shell has the terminal: Ctrl-C there is for it alone. Nor is it ignored here, for what is
    # ignored stays so in all that the shell starts.
    kept = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        subprocess.run(["bash", "--norc"], cwd=plan.ROOT, env=variables, check=False)
    finally:
        signal.signal(signal.SIGINT, kept)


def interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    parser.add_argument(
        "--keep", action="store_true", help="stay in a prompt with all of it running"
    )
    options = parser.parse_args()
    for number in STOPPING:
        signal.signal(number, interrupt)
    try:
        with alone():
            return run(options.keep)
    except StepFailed as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):  # the terminal may be gone
            say("\ninterrupted; all that was started has ended")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the host has of the monitor, as JSON: one look in the place of ten tasks. Changes nothing.

Run from standard input by the Python that is to run the agent. Python 3.6 must understand it, to
say that it is too old.
"""

import glob
import grp
import hashlib
import json
import os
import pwd
import re
import stat
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec

NAME = "floating-ip"
DEFINITIONS = "/etc/floating-ip"
DEPLOYED = f"{DEFINITIONS}/.deployed"  # the names of the definitions that the role wrote
CONTEXT = "/var/lib/floating-ip"
DIRECTORIES = {"/opt/floating-ip": 0o755, DEFINITIONS: 0o755, CONTEXT: 0o750}
TIMER = "floating-ip-monitor.timer"
SERVICE = "floating-ip-monitor.service"
UNIT = f"/etc/systemd/system/{SERVICE}"
PROPERTIES = (
    "LoadState",
    "UnitFileState",
    "ActiveState",
    "NeedDaemonReload",
    "ExecMainStartTimestampMonotonic",
    "StateChangeTimestampMonotonic",
)
VENV = "/opt/floating-ip/venv"
REQUIREMENT = f"{VENV}/requirement.txt"
OLDEST = (1, 29)  # the botocore that the agent needs at least
SYSCTL = "/etc/sysctl.d/60-floating-ip-monitor.conf"
COMMAND = "/usr/local/bin/floating-ip"
UNITS = "/etc/systemd/system"
DRILL = rf"{UNITS}/floating-ip-drill@([A-Za-z0-9-]+)\.timer"
OURS = "Written by role netops.floating_ip.floating_ip_monitor"
FILES = (COMMAND, SYSCTL, DEPLOYED, *(f"/etc/systemd/system/{unit}" for unit in (TIMER, SERVICE)))


def text_of(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    except (OSError, ValueError):
        return ""


def output(command):
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    ).stdout


def has_boto3():
    """Whether this Python has boto3, with a botocore that is new enough."""
    if find_spec("boto3") is None or find_spec("botocore") is None:
        return False
    found = re.findall(r"\d+", getattr(import_module("botocore"), "__version__", ""))
    return tuple(int(number) for number in found[:2]) >= OLDEST


def venv():
    """The requirement that the virtual environment was made for; empty where that is broken."""
    check = "import boto3, botocore, sys; print(*sys.version_info[:2])"
    try:
        said = output([f"{VENV}/bin/python", "-I", "-c", check])
    except (OSError, subprocess.CalledProcessError):
        return ""
    same = said.split() == [str(n).encode() for n in sys.version_info[:2]]
    return text_of(REQUIREMENT) if same else ""


def account():
    """The ids of the system user, or nothing where the user or the group is missing."""
    try:
        return pwd.getpwnam(NAME).pw_uid, grp.getgrnam(NAME).gr_gid
    except KeyError:
        return ()


def has_directories(owner):
    for path, mode in DIRECTORIES.items():
        try:
            found = os.lstat(path)
        except OSError:
            return False
        wanted = owner if path == CONTEXT else (0, 0)
        if not stat.S_ISDIR(found.st_mode) or stat.S_IMODE(found.st_mode) != mode:
            return False
        if (found.st_uid, found.st_gid) != wanted:
            return False
    return True


def may_ping(owner):
    """Whether the kernel lets the system user's group ping without a capability."""
    limits = text_of("/proc/sys/net/ipv4/ping_group_range").split()
    return bool(owner) and len(limits) == 2 and int(limits[0]) <= owner[1] <= int(limits[1])


def states():
    """What systemd says of both units; empty where it does not run."""
    try:
        said = output(["systemctl", "show", f"--property={','.join(PROPERTIES)}", TIMER, SERVICE])
    except (OSError, subprocess.CalledProcessError):
        return []
    blocks = said.decode().strip().split("\n\n")
    return [dict(line.split("=", 1) for line in block.splitlines()) for block in blocks]


def is_stale(service):
    """Whether the service runs as another unit says than the one that is there now.

    So it is where a run of the role ended between the writing and the restart.
    """
    started = int(service.get("ExecMainStartTimestampMonotonic") or 0) / 1e6
    try:
        age_of_unit = time.time() - os.stat(UNIT).st_mtime
    except OSError:
        return False
    is_older = started > 0 and time.monotonic() - started > age_of_unit + 1
    return is_older or service.get("NeedDaemonReload") == "yes"


def is_behind(service):
    """Whether a definition was written, or recorded as gone, since the monitor last read them.

    So it is where a run of the role ended between the writing and the reload. Each reload is a
    change of state, and so is each window in which it begins anew.
    """
    read = int(service.get("StateChangeTimestampMonotonic") or 0) / 1e6
    paths = [DEPLOYED, *glob.glob(f"{DEFINITIONS}/*.json")]
    ages = [time.time() - os.stat(path).st_mtime for path in paths if os.path.exists(path)]
    return read > 0 and time.monotonic() - read > min(ages, default=float("inf"))


def definitions():
    try:
        return sorted(name[:-5] for name in os.listdir(DEFINITIONS) if name.endswith(".json"))
    except OSError:
        return []


def places():
    """Region, role and address of each definition's addresses: where these are, it is the same one.

    A file that is no definition has none.
    """
    found = {}
    for name in definitions():
        try:
            one = json.loads(text_of(f"{DEFINITIONS}/{name}.json"))
            aws = one.get("aws") or {}
            whose = [aws.get("region") or "", aws.get("role_arn") or ""]
            found[name] = [[*whose, address] for address in one["addresses"]]
        except (ValueError, TypeError, KeyError, AttributeError):
            found[name] = []
    return found


def drills():
    """The floating IPs that the role lets this host drill, by the calendar."""
    found = [(path, re.fullmatch(DRILL, path)) for path in glob.glob(f"{UNITS}/*.timer")]
    return sorted(match[1] for path, match in found if match and OURS in text_of(path))


def fingerprint(path):
    """Mode, owner and digest of a file, so that what is right already need not be sent again."""
    try:
        with open(path, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        found = os.lstat(path)
    except OSError:
        return ""
    is_file = stat.S_ISREG(found.st_mode)
    return f"{found.st_mode & 0o7777:04o} {found.st_uid}:{found.st_gid} {digest}" if is_file else ""


def fingerprints():
    paths = [*FILES, *(f"{DEFINITIONS}/{name}.json" for name in definitions())]
    paths += glob.glob(f"{UNITS}/floating-ip-drill@*")
    return {path: fingerprint(path) for path in paths}


def main():
    owner, units = account(), states()
    timer, service = units if len(units) == 2 else ({}, {})
    deployed = text_of(DEPLOYED).split()
    found = {
        "python": list(sys.version_info[:2]),
        "has_boto3": has_boto3(),
        "has_ensurepip": find_spec("ensurepip") is not None,
        "has_apt": os.path.exists("/usr/bin/apt-get"),
        "venv": venv(),
        "has_systemd": bool(units) and os.path.isdir("/run/systemd/system"),
        "has_account": bool(owner),
        "has_directories": has_directories(owner),
        "may_ping": may_ping(owner),
        "has_unit": timer.get("LoadState") == "loaded",
        "is_enabled": timer.get("UnitFileState") == "enabled",
        "is_active": timer.get("ActiveState") == "active",
        "is_running": service.get("ActiveState") in ("active", "activating", "reloading"),
        "is_stale": is_stale(service),
        "is_behind": is_behind(service),
        "files": fingerprints(),
        "drills": drills(),
        "deployed": deployed,
        "places": places(),
        "others": [name for name in definitions() if name not in deployed],
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The agent's file on a host: put in place, prepared for fast starts, or removed."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

from .answer import Answer, Refused

IN_PLACE = "The agent is in place as {dest}."
WOULD_BE = "In check mode: the agent would be put in place as {dest}."


@dataclass(frozen=True)
class File:
    """What lies at a path: nothing, if there is no checksum."""

    checksum: Optional[str] = None
    mode: Optional[str] = None
    owner: Optional[int] = None
    group: Optional[int] = None

    def lines(self, is_prepared: bool = False) -> str:
        """The file as a diff shows it: its contents are no text."""
        if self.checksum is None:
            return "absent\n"
        facts = {
            "sha256": self.checksum,
            "mode": self.mode,
            "owner": self.owner,
            "group": self.group,
            "prepared": "yes" if is_prepared else "no",
        }
        return "".join(f"{key}: {fact}\n" for key, fact in facts.items() if fact is not None)


@dataclass(frozen=True)
class Prepared:
    """What `floating-ip prepare` came to. `error`: this Python does not run the agent at all."""

    changed: bool = False
    problems: Sequence[str] = ()
    error: Optional[str] = None


def file_at(module: Any, path: str) -> File:
    """What lies there. Raises Refused where it cannot be a file of ours."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return File()
    except OSError as error:
        raise Refused(f"{path} cannot be looked at: {error.strerror}; correct dest.") from error
    if not stat.S_ISREG(found.st_mode):
        raise Refused(f"{path} is no regular file: remove it, or choose another dest.")
    mode = f"{stat.S_IMODE(found.st_mode):04o}"
    return File(module.sha256(path), mode, found.st_uid, found.st_gid)


def put(module: Any) -> Answer:
    """The file is the one that the controller packed, and its starts are fast.

    An answer with `needs_archive` asks for the file: only its checksum has come so far.
    """
    params, dest = module.params, module.params["dest"]
    before = file_at(module, dest)
    is_new = before.checksum != params["packed_checksum"]
    if is_new and not module.check_mode:
        if params["packed_file"] is None:
            return Answer("The file is not there yet.", values={"needs_archive": True})
        _place(module, params["packed_file"], dest)
    wanted = module.load_file_common_arguments(params, path=dest)
    changed = bool(module.set_fs_attributes_if_different(wanted, is_new))
    foretold = is_new and module.check_mode
    prepared = Prepared(True) if foretold else _prepared(module, _check_of(module))
    after = _foretold(before, params) if module.check_mode else file_at(module, dest)
    return Answer(
        prepared.error or (WOULD_BE if foretold else IN_PLACE).format(dest=dest),
        changed=changed or prepared.changed,
        failed=prepared.error is not None,
        values={"dest": dest, "checksum": params["packed_checksum"]},
        diff={"before": before.lines(not prepared.changed), "after": after.lines(True)},
        warnings=prepared.problems,
    )


def remove(module: Any) -> Answer:
    """Nothing of the agent's file is there, and nothing that was prepared beside it."""
    dest = module.params["dest"]
    before = file_at(module, dest)
    is_there = before.checksum is not None
    problems: Sequence[str] = ()
    if is_there and not module.check_mode:
        undone = _prepared(module, ["--undo"])
        problems = (undone.error,) if undone.error else undone.problems
        os.unlink(dest)
    would = "would be" if module.check_mode and is_there else "is"
    return Answer(
        f"The agent {would} removed from {dest}.",
        changed=is_there,
        values={"dest": dest},
        diff={"before": before.lines(), "after": File().lines()},
        warnings=problems,
    )


def _place(module: Any, archive: str, dest: str) -> None:
    """All of it or nothing; the directory, where there is none, for everybody to read."""
    if module.sha256(archive) != module.params["packed_checksum"]:
        raise Refused("The file was damaged on its way to the host: run the task again.")
    folder = os.path.dirname(dest)
    if not os.path.isdir(folder):
        os.makedirs(folder, 0o755)
        os.chmod(folder, 0o755)  # whatever the umask
    module.atomic_move(archive, dest, unsafe_writes=module.params["unsafe_writes"])


def _check_of(module: Any) -> Sequence[str]:
    return ["--check"] if module.check_mode else []


def _prepared(module: Any, options: Sequence[str]) -> Prepared:
    """What the agent itself says; it is asked by the Python that will run it."""
    dest, python = module.params["dest"], module.params["python"] or sys.executable
    command = [python, "-I", dest, "prepare", "--json", *options]
    try:
        code, out, err = module.run_command(command, cwd="/", handle_exceptions=False)
    except OSError as error:
        return _not_run(dest, f"{python} cannot be started ({error.strerror})")
    try:
        told = json.loads(out)
        return Prepared(bool(told["changed"]), tuple(map(str, told["problems"])))
    except (ValueError, KeyError, TypeError):
        lines = (err or out).strip().splitlines() or [f"exit code {code}"]
        return _not_run(dest, f"{python} does not run it ({lines[-1]})")


def _not_run(dest: str, why: str) -> Prepared:
    return Prepared(error=f"The agent is {dest}, but {why}: name another Python (python).")


def _foretold(before: File, params: Any) -> File:
    """As far as it can be told without doing it."""
    mode = str(params["mode"]) if params["mode"] is not None else before.mode
    return File(params["packed_checksum"], mode, before.owner, before.group)

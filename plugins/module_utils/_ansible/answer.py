# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Answers: what a module returns, made in one place so that no two modules differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from .._operations.proof import Proofs
from .._report.table import errors_of, summary

SHOWN_ERRORS = 5  # of many; the items of the result hold them all
CHANGED = ("moved", "unverified")
DONE = ("moved", "left")

Entries = Sequence[Mapping[str, Any]]


class Refused(Exception):
    """Nothing was tried, for the request is wrong. The text is one or more sentences."""


@dataclass(frozen=True)
class Answer:
    """`failed`: it was tried, and not everything worked; the values tell what did."""

    msg: str
    changed: bool = False
    failed: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    diff: Optional[Mapping[str, str]] = None
    warnings: Sequence[str] = ()

    def result(self) -> dict[str, Any]:
        """The keyword arguments of exit_json or fail_json."""
        result = {"changed": self.changed, "msg": self.msg, **self.values}
        return result if self.diff is None else {**result, "diff": dict(self.diff)}


def refuse(problems: Iterable[str]) -> None:
    """Raise Refused with all of the problems, if there is one."""
    found = tuple(dict.fromkeys(problems))
    if len(found) == 1:
        raise Refused(found[0])
    if found:
        lines = "".join(f"\n- {problem}" for problem in found)
        raise Refused(f"Nothing was changed, because of {len(found)} problems:{lines}")


def answer_of(entries: Entries, check_mode: bool, **values: Any) -> Answer:
    """The answer of a module that changes cells; each entry is one floating IP or address."""
    ordered = sorted(entries, key=lambda entry: str(entry["name"]))
    result = {"floating_ips": ordered}
    actions = {item["action"] for entry in ordered for item in entry["items"]}
    return Answer(
        message(result, check_mode),
        changed=bool(actions.intersection(CHANGED)),
        failed=bool(actions.difference(DONE)),
        values={**result, **values},
        diff=diff_of(ordered),
    )


def answer_of_info(entries: Entries) -> Answer:
    """The answer of a module that only looks; it fails where nothing at all could be read."""
    ordered = sorted(entries, key=lambda entry: str(entry["name"]))
    return Answer(
        " ".join(_known(entry) for entry in ordered),
        failed=all(entry["error"] for entry in ordered),
        values={"floating_ips": ordered},
    )


def _known(entry: Mapping[str, Any]) -> str:
    if entry["error"]:
        return f"{entry['name']} cannot be read: {entry['error']}"
    where = f"at {entry['holder']}" if entry["holder"] else str(entry["holding"])
    return f"{entry['name']} is {where}, and {'ready' if entry['ready'] else 'not ready'}."


def message(result: Mapping[str, Any], check_mode: bool) -> str:
    """A sentence for each entry, and the first errors."""
    timeless = [{**entry, "seconds": None} for entry in result["floating_ips"]]
    entries = timeless if check_mode else result["floating_ips"]
    errors = errors_of(result)
    more = len(errors) - SHOWN_ERRORS
    rest = [f"There are {more} more errors in the result."] if more > 0 else []
    said = [f"{summary(entry)}." for entry in entries]
    intro = ["In check mode, so this is what would be done:"] if check_mode else []
    return " ".join([*intro, *said, *errors[:SHOWN_ERRORS], *rest])


def probes_of(proofs: Optional[Proofs]) -> list[dict[str, str]]:
    """What was probed, in plain values; nothing where nothing was."""
    return [
        {
            "floating_ip": name,
            "target": target,
            "health": proof.health.value,
            "reason": proof.reason,
        }
        for (name, target), proof in (proofs or {}).items()
    ]


def diff_of(entries: Entries) -> dict[str, str]:
    """Every item on a line of its own, before and after."""
    return {"before": _lines(entries, "before"), "after": _lines(entries, "after")}


def _lines(entries: Entries, when: str) -> str:
    return "".join(
        f"{' '.join(_words(entry, item))}: {_shown(item[when])}\n"
        for entry in entries
        for item in entry["items"]
    )


def _words(entry: Mapping[str, Any], item: Mapping[str, Any]) -> list[str]:
    """What a line is about; an entry that is named after its address says so once."""
    words = [entry["name"], item["kind"], item["id"], item["address"]]
    return [str(word) for word in dict.fromkeys(words) if word is not None]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return "nothing" if value is None else str(value)

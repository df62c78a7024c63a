# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The floating IPs that floating_ip_context is about, and what it is to do with them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Optional

from .._definition.error import shown
from .._definition.model import FloatingIp
from .._definition.selection import ALL
from .._operations.contexts import (
    ANNOUNCED,
    DRAINED,
    DRILLED,
    DRILLING,
    UNDRAINED,
    Directive,
    Seen,
    entry_of,
    names_in,
    targets_of,
)
from .._operations.drill_judge import STOP_INSTANCE
from .._store.clock import boot_id, boottime
from .._store.file import is_name
from .answer import Answer, refuse
from .definitions import chosen


def definitions_of(params: Mapping[str, Any]) -> Optional[tuple[FloatingIp, ...]]:
    """The definitions, if any are given: on a monitor's host the files alone will do."""
    return None if params["floating_ips"] is None else chosen(params)


def directive_of(
    params: Mapping[str, Any], definitions: Optional[Sequence[FloatingIp]]
) -> Directive:
    """What is ordered. Raises Refused."""
    destinations = dict(params["destinations"])
    if params["to"]:
        names = params["names"] if definitions is None else [one.name for one in definitions]
        destinations.update(dict.fromkeys(names, params["to"]))
    refuse(_problems(params, destinations, definitions or ()))
    return Directive(
        params["state"],
        params["by"],
        params["reason"],
        params["target"] or None,
        destinations,
        params["seconds"],
        _drills(params),
    )


def _drills(params: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """What is to be kept of each drill. Of one under way it is enough to name the holder."""
    if params["state"] != DRILLING:
        return dict(params["drills"])
    now = time.time()
    about = {"began": now, "until": now + params["seconds"], "by": params["by"]}
    if params["lease"] is not None:
        about.update(lease=boottime() + params["lease"], boot_id=boot_id())
    return {
        name: {**about, **(told if isinstance(told, dict) else _left(params, told))}
        for name, told in params["drills"].items()
    }


def _left(params: Mapping[str, Any], was: str) -> Mapping[str, Any]:
    """What has to be undone of a drill: the former holder, and what it may have stopped of it."""
    instance = params["instances"].get(was)
    return {"was": was, **({"fault": STOP_INSTANCE, "instance": instance} if instance else {})}


def names_of(
    params: Mapping[str, Any],
    directive: Directive,
    definitions: Optional[Sequence[FloatingIp]],
) -> tuple[str, ...]:
    """The floating IPs that this is about, sorted. Raises Refused for what can be no name."""
    if directive.state == ANNOUNCED:
        names = tuple(directive.destinations)
    elif directive.state in (DRILLING, DRILLED):
        names = tuple(directive.drills)
    elif definitions is not None:
        names = tuple(one.name for one in definitions)
    elif ALL in params["names"]:
        names = names_in(params["directory"])
    else:
        names = tuple(dict.fromkeys(params["names"]))
    refuse(f"{shown(name)} cannot be a floating IP's name." for name in names if not is_name(name))
    return tuple(sorted(names))


def check_drained(directive: Directive, found: Sequence[Seen]) -> None:
    """Refuse to announce a move to a target that is drained here."""
    refuse(
        f"Target {directive.destinations[one.name]} of {one.name} is drained here; undrain it, "
        "choose another one, or set force."
        for one in found
        if directive.state == ANNOUNCED and directive.destinations[one.name] in one.context.drained
    )


def check_target(
    directive: Directive, found: Sequence[Seen], definitions: Optional[Sequence[FloatingIp]]
) -> Sequence[Seen]:
    """Those of the floating IPs that the order is for: those that have the target. Or Refused."""
    if directive.state not in (DRAINED, UNDRAINED):
        return found
    known = {one.name: targets_of(one) for one in found}
    if definitions is not None:
        known = {one.name: [target.name for target in one.targets] for one in definitions}
    having = [one for one in found if directive.target in known[one.name]]
    refuse([] if having else [_no_target(str(directive.target), known)])
    return having


def answer_of(before: Sequence[Seen], after: Sequence[Seen], check_mode: bool) -> Answer:
    """The answer for contexts: `before` and `after` are of the same floating IPs."""
    pairs = list(zip(before, after))
    changed = [new.name for old, new in pairs if _is_changed(old, new)]
    wrong = [
        f"{new.name}: {new.problem}" for old, new in pairs if new.problem not in (None, old.problem)
    ]
    would = "would be" if check_mode else "are"
    said = (
        f"The monitors of {', '.join(changed)} {would} told." if changed else "Nothing to change."
    )
    return Answer(
        " ".join([said, *wrong] if changed or not wrong else wrong),
        changed=bool(changed),
        failed=bool(wrong),
        values={"floating_ips": [entry_of(one) for one in after]},
        diff={"before": _text(before), "after": _text(after)},
        warnings=[f"{one.name}: {one.problem}" for one in before if one.problem],
    )


def _is_changed(old: Seen, new: Seen) -> bool:
    return _kept(old) != _kept(new)


def _kept(seen: Seen) -> tuple[object, ...]:
    return seen.pause, seen.context, seen.drill, seen.drilling


def _problems(
    params: Mapping[str, Any], destinations: Mapping[str, str], definitions: Iterable[FloatingIp]
) -> Iterator[str]:
    if params["state"] in (DRAINED, UNDRAINED) and not params["target"]:
        yield f"state={params['state']} needs target: the name of the target."
    if params["state"] == ANNOUNCED and not destinations:
        yield "state=announced needs destinations, or to: where is each floating IP moved?"
    if params["seconds"] <= 0:
        yield "seconds must be more than 0."
    if params["lease"] is not None and params["lease"] <= 0:
        yield "lease must be more than 0, or left out: a drill is then never taken for lost."
    if ALL in destinations:
        yield "to needs floating_ips or names beside it: which floating IPs are moved there?"
    for one in definitions:
        to, known = destinations.get(one.name), [target.name for target in one.targets]
        if to is not None and to not in known:
            yield f"{one.name} has no target {to!r}; it has {', '.join(known)}."


def _no_target(target: str, known: Mapping[str, Sequence[str]]) -> str:
    if not any(known.values()):
        return (
            f"Nothing is known here of a target {target!r}: give floating_ips, or check directory."
        )
    have = "; ".join(f"{name} has {', '.join(each)}" for name, each in known.items() if each)
    return f"No floating IP here has a target {target!r}: {have}."


def _text(seen: Iterable[Seen]) -> str:
    """What operators have ordered, a line for each thing."""
    return "".join(f"{one.name}: {line}\n" for one in seen for line in _lines(one))


def _lines(seen: Seen) -> Iterator[str]:
    pause, context = seen.pause, seen.context
    yield "not paused" if pause is None else f"paused by {pause.by}: {pause.reason}"
    yield f"drained: {', '.join(sorted(context.drained)) or 'no target'}"
    yield f"orders given: {context.orders}"
    if context.intent is not None:
        state = f"until {context.intent.marker_until:.0f}" if context.intent.moving else "ended"
        yield f"move number {context.intent.epoch} to {context.intent.to}: {state}"

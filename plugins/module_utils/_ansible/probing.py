# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What floating_ip_probe probes, until when, and how it tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .._definition.error import DefinitionError
from .._definition.model import FloatingIp, Probe
from .._definition.parse import parse
from .._engine.health import Health
from .._probe.request import ProbeRequest
from .._probe.rounds import Clock, Settled, settle
from .answer import Answer, Refused, refuse
from .definitions import chosen_present

ONCE, SETTLED = "once", "settled"
TARGETS, ADDRESSES = "targets", "addresses"
ANYTHING = "none"
SETTINGS = (
    "protocol",
    "port",
    "path",
    "host",
    "expect_status",
    "expect_body",
    "verify_tls",
    "command",
    "timeout",
    "rise",
    "fall",
)
_LONG = 3600  # seconds: an interval that no time-out conflicts with
_ALONE = "probe"  # the name of the definition that stands for the low-level options


def requests_of(params: Mapping[str, Any]) -> tuple[ProbeRequest, ...]:
    """What to probe, each at its pace. Raises Refused or DefinitionError."""
    refuse(_pace_problems(params))
    if params["floating_ips"] is None:
        made = [ProbeRequest(params["address"], params["address"], _settings(params))]
    else:
        given = [name for name in ("address", *SETTINGS) if params[name] is not None]
        refuse(f"{name} means nothing with floating_ips: remove it." for name in given)
        made = [request for one in chosen_present(params) for request in _of(one, params)]
    refuse([] if made else [f"No floating IP has a target called {', '.join(params['targets'])}."])
    return tuple(_paced(request, params) for request in made)


def probe(requests: Sequence[ProbeRequest], params: Mapping[str, Any], clock: Clock) -> Answer:
    """Probe them all at once; fails where one is not as required."""
    wanted = {health.value: health for health in Health}.get(params["require"])
    attempts = 1 if params["until"] == ONCE else params["attempts"]
    found = settle(requests, clock, attempts, wanted)
    wrong = [one for one in found if wanted is not None and one.health is not wanted]
    told = [_sentence(one) for one in (wrong or found)]
    return Answer(
        " ".join(told), failed=bool(wrong), values={"targets": [_entry(one) for one in found]}
    )


def _of(definition: FloatingIp, params: Mapping[str, Any]) -> Iterator[ProbeRequest]:
    name, settings = definition.name, definition.probe
    if params["what"] == ADDRESSES:
        for address in definition.addresses:
            yield ProbeRequest(address, address, settings, floating_ip=name)
        return
    for target in definition.targets:
        if not params["targets"] or target.name in params["targets"]:
            address = target.probe_address or ""
            yield ProbeRequest(target.name, address, settings, floating_ip=name)


def _pace_problems(params: Mapping[str, Any]) -> Iterator[str]:
    if params["attempts"] < 1:
        yield "attempts must be at least 1."
    if params["interval"] is not None and not 0 < params["interval"] <= _LONG:
        yield f"interval must be more than 0 and at most {_LONG} seconds."


def _paced(request: ProbeRequest, params: Mapping[str, Any]) -> ProbeRequest:
    interval = params["interval"] or request.settings.fast_interval
    settings = replace(request.settings, interval=interval)
    if params["until"] == ONCE:
        settings = replace(settings, rise=1, fall=1)
    return replace(request, settings=settings)


def _settings(params: Mapping[str, Any]) -> Probe:
    """The low-level options, read by the rules that a definition's `probe` has."""
    given = {name: params[name] for name in SETTINGS if params[name] is not None}
    stand_in = {
        "name": _ALONE,
        "state": "absent",  # so that it needs no targets
        "addresses": ["100.64.0.1"],
        "route_tables": {"ids": ["rtb-00000000"]},
        "probe": {**given, "interval": _LONG},
        "policy": {"reconcile_interval": _LONG},
    }
    try:
        return parse([stand_in])[0].probe
    except DefinitionError as error:
        before = f"floating_ips[{_ALONE}].probe."
        raise Refused("\n".join(text.replace(before, "") for text in error.problems)) from error


def _sentence(one: Settled) -> str:
    where = one.request.target
    of = f" of {one.request.floating_ip}" if one.request.floating_ip else ""
    return f"{where}{of} is {one.health.value}: {one.results[-1].reason}."


def _entry(one: Settled) -> dict[str, Any]:
    last, request = one.results[-1], one.request
    return {
        "floating_ip": request.floating_ip or None,
        "target": request.target,
        "address": request.address,
        "health": one.health.value,
        "evidence": last.evidence.value,
        "reason": last.reason,
        "probes": len(one.results),
        "seconds": round(last.ended - one.results[0].started, 3),
    }

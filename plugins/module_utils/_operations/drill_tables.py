# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The tables of a drill's page."""

from __future__ import annotations

from collections.abc import Sequence

from .._report.event import utc
from .._report.lanes import Told
from .._report.page import BAD, PLAIN, Table
from .._report.wording import lasting
from .drill_story import Values, client_name


def checks_of(checks: Sequence[Values]) -> Table:
    rows = tuple(
        (one["name"], "passed" if one["passed"] else "FAILED", one["sentence"]) for one in checks
    )
    kinds = tuple(PLAIN if one["passed"] else BAD for one in checks)
    return Table(("check", "outcome", ""), rows, kinds)


def clients_of(drill: Values) -> Table:
    heads = (
        "client",
        "asked",
        "sent",
        "lost",
        "outages",
        "longest",
        "usual answer",
        "worst answer",
    )
    return Table(heads, tuple(_client(one, drill) for one in drill["measurements"]))


def _client(one: Values, drill: Values) -> tuple[str, ...]:
    port = f":{one['port']}" if one["port"] else ""
    delay = one["delay"]
    return (
        client_name(one, drill),
        f"{one['protocol']} {one['address']}{port} every {one['interval'] * 1000:g} ms",
        f"{one['sent']:,}",
        f"{one['lost']:,}",
        str(len(one["outages"])),
        lasting(one["longest"]) if one["longest"] else "none",
        f"{delay['p50']:.1f} ms" if delay else "never",
        f"{delay['max']:.1f} ms" if delay else "never",
    )


def happened(rows: Sequence[Told]) -> Table:
    shown = tuple(
        (
            str(one.number or ""),
            f"{one.row.at:.3f}",
            one.host,
            one.row.word,
            one.row.sentence,
        )
        for one in rows
    )
    kinds = tuple(BAD if one.row.word in ("client", "problem") else PLAIN for one in rows)
    return Table(("", "second", "told by", "what", ""), shown, kinds)


def facts_of(drill: Values) -> Table:
    plan, result = drill["plan"], drill["result"]
    facts = [
        ("floating IP", f"{plan['floating_ip']}, {', '.join(plan['addresses'])}"),
        ("mechanism", f"{plan['mechanism']}, {plan['cells']} cells"),
        ("began", utc(drill["began"])),
        ("ended", utc(drill["ended"])),
        ("fault", f"{plan['fault']} {plan.get('unit') or ''}".strip()),
        ("objective", f"{plan['objective_seconds'] or 'none'}"),
        ("AWS's part", _lasting(result["api_seconds"])),
        ("propagation", _lasting(result["propagation_seconds"])),
        ("by", plan.get("by") or ""),
        ("reason", plan.get("reason") or ""),
    ]
    return Table(("fact", ""), tuple((name, value) for name, value in facts if value))


def _lasting(seconds: object) -> str:
    return lasting(seconds) if isinstance(seconds, (int, float)) else "not seen in this drill"

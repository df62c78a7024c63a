# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Valid definitions of every kind, for property tests here and in other layers."""

from __future__ import annotations

import ipaddress
from typing import Any

from hypothesis import strategies as st

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    ROUTE,
    SECONDARY_IP,
    Aws,
    FloatingIp,
    Hooks,
    Policy,
    Probe,
    RouteTables,
    Store,
    Target,
)

OVERLAY = ipaddress.ip_network("100.64.0.0/10")
UNIQUE_LOCAL = ipaddress.ip_network("fd00:64::/64")

names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}", fullmatch=True).filter(
    lambda name: name.lower() != "all"
)
target_names = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9._:@+-]{0,20}", fullmatch=True)
ids = st.from_regex(r"[0-9a-f]{8,17}", fullmatch=True)
ipv4 = st.ip_addresses(network=OVERLAY).map(str)
ipv6 = st.ip_addresses(network=UNIQUE_LOCAL).map(str)
hosts = st.one_of(
    st.ip_addresses(network="10.0.0.0/8").map(str),
    st.from_regex(r"h[a-z0-9-]{0,9}[a-z0-9](\.[a-z]{2,5})?", fullmatch=True),
)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=9)
visible_texts = texts.filter(lambda text: bool(text.strip()))
statuses = st.tuples(st.integers(100, 599), st.integers(100, 599)).map(
    lambda pair: (min(pair), max(pair))
)


def seconds(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def id_of(prefix: str) -> st.SearchStrategy[str]:
    return ids.map(lambda text: f"{prefix}-{text}")


def lists(strategy: st.SearchStrategy[Any], **sizes: Any) -> st.SearchStrategy[Any]:
    return st.lists(strategy, **{"max_size": 3, **sizes}).map(tuple)


@st.composite
def probes(draw: st.DrawFn) -> Probe:
    protocol = draw(st.sampled_from(["http", "https", "tcp", "icmp", "command"]))
    settings: dict[str, Any] = {"port": None, "interval": draw(seconds(0.05, 90))}
    settings["timeout"] = draw(seconds(0.01, settings["interval"] * 2.9))
    settings["fast_interval"] = draw(seconds(0.01, settings["interval"]))
    settings["min_down"] = draw(seconds(0, 60))
    settings["rise"] = draw(st.integers(1, 100))
    if protocol in ("http", "https", "tcp"):
        settings["port"] = draw(st.integers(1, 65535))
    if protocol in ("http", "https"):
        settings["path"] = draw(st.from_regex(r"/[a-z?=&%]{0,9}", fullmatch=True))
        settings["host"] = draw(optional(hosts))
        settings["expect_status"] = draw(lists(statuses, min_size=1))
        settings["expect_body"] = draw(optional(visible_texts))
    if protocol == "https":
        settings["verify_tls"] = draw(st.booleans())
    if protocol == "command":
        settings["command"] = draw(lists(texts | st.just(""), min_size=1))
    return Probe(protocol=protocol, **settings)


@st.composite
def policies(draw: st.DrawFn, interval: float) -> Policy:
    window = draw(seconds(1, 604800))
    return Policy(
        failback=draw(st.sampled_from(["manual", "auto"])),
        failback_delay=draw(seconds(0, 3600)),
        max_moves_window=window,
        cooldown=draw(seconds(0, min(window * 0.9, 3600))),
        max_moves=draw(st.integers(1, 1000)),
        on_drift=draw(st.sampled_from(["repair", "report"])),
        reconcile_interval=draw(seconds(max(1.0, interval), 86400)),
        references=draw(lists(st.tuples(hosts | ipv6, st.integers(1, 65535)))),
    )


@st.composite
def hooks(draw: st.DrawFn) -> Hooks:
    commands = lists(texts | st.just(""))
    return Hooks(draw(commands), draw(commands), timeout=draw(seconds(0.1, 3600)))


@st.composite
def targets(draw: st.DrawFn) -> tuple[Target, ...]:
    count = draw(st.integers(2, 4))
    many: dict[str, Any] = {"min_size": count, "max_size": count, "unique": True}
    columns = [draw(st.lists(kind, **many)) for kind in (target_names, ids, hosts)]
    return tuple(draw(target(*row)) for row in zip(*columns, strict=True))


@st.composite
def target(draw: st.DrawFn, name: str, number: str, probe_address: str) -> Target:
    if draw(st.booleans()):
        return Target(name, network_interface_id=f"eni-{number}", probe_address=probe_address)
    index = draw(optional(st.integers(0, 127)))
    return Target(name, None, f"i-{number}", index, probe_address)


@st.composite
def route_tables(draw: st.DrawFn) -> RouteTables:
    vpc = draw(optional(id_of("vpc")))
    return RouteTables(
        ids=draw(lists(id_of("rtb"), min_size=0 if vpc else 1)),
        subnet_ids=draw(lists(id_of("subnet"))),
        vpc_id=vpc,
        tags=draw(st.dictionaries(texts, texts | st.just(""), max_size=2)) if vpc else {},
    )


@st.composite
def floating_ips(draw: st.DrawFn) -> FloatingIp:
    """A definition that breaks no rule, as `parse` would make it."""
    mechanism = draw(st.sampled_from([ROUTE, SECONDARY_IP]))
    overlay = draw(st.tuples(ipv4) | st.tuples(ipv6) | st.tuples(ipv4, ipv6))
    probe = draw(probes())
    return FloatingIp(
        name=draw(names),
        addresses=overlay if mechanism == ROUTE else (draw(ipv4),),
        targets=draw(targets()),
        mechanism=mechanism,
        state=draw(st.sampled_from(["present", "absent"])),
        allow_public=draw(st.booleans()),
        aws=Aws(region=draw(optional(st.sampled_from(["eu-west-1", "us-gov-east-1"])))),
        route_tables=draw(route_tables()) if mechanism == ROUTE else RouteTables(),
        probe=probe,
        policy=draw(policies(probe.interval)),
        alias=draw(st.sampled_from(["always", "holder"])),
        hooks=draw(hooks()),
        store=Store(),
        objective_seconds=draw(optional(seconds(0.1, 3600))),
    )

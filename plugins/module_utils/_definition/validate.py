# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The rules of one definition, and of several together, that need no look at AWS."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Optional

from .addresses import ip_of, is_public, version_of
from .model import ROUTE, SECONDARY_IP, FloatingIp, Target

Finding = tuple[str, str]  # a path, and the text that completes a sentence beginning with it


def check(definition: FloatingIp) -> tuple[Finding, ...]:
    """Every rule that the definition breaks; the paths begin below the definition."""
    return (
        *_check_addresses(definition),
        *_check_mechanism(definition),
        *_check_targets(definition),
        *_check_probe(definition),
        *_check_timings(definition),
    )


def check_together(definitions: Sequence[tuple[str, FloatingIp]]) -> Iterable[Finding]:
    """Rules between definitions, each given with its path: names and addresses are unique.

    What is to be absent has no claim to its address: so a floating IP gets another name.
    """
    names: set[str] = set()
    owners: dict[object, str] = {}
    for path, definition in definitions:
        if definition.name in names:
            yield f"{path}.name", f"'{definition.name}' is taken by an earlier entry: rename one."
        if definition.name:
            names.add(definition.name)
        for address in definition.addresses if definition.state == "present" else ():
            place = (definition.aws, address)
            if place in owners and owners[place] != definition.name:
                yield (
                    f"{path}.addresses",
                    f"holds {address}, which is the address of {owners[place]}: change one.",
                )
            owners.setdefault(place, definition.name)


def _check_addresses(definition: FloatingIp) -> Iterable[Finding]:
    addresses = definition.addresses
    if not addresses:
        yield "addresses", "is empty: give an IPv4 address, an IPv6 address, or one of each."
    for version in (4, 6):
        same = [address for address in addresses if version_of(address) == version]
        if len(set(same)) < len(same):
            yield "addresses", f"lists {same[0]} twice: remove one."
        elif len(same) > 1:
            yield "addresses", f"has {len(same)} IPv{version} addresses: make one floating IP each."
    for address in addresses:
        is_overlay = definition.mechanism == ROUTE and not definition.allow_public
        if is_overlay and is_public(address):
            yield (
                "addresses",
                f"holds {address}, which is public space: choose a private address, such as "
                "100.64.10.10, or say allow_public: true if it is yours.",
            )


def _check_mechanism(definition: FloatingIp) -> Iterable[Finding]:
    tables = definition.route_tables
    if definition.mechanism == SECONDARY_IP:
        if not tables.is_empty or tables.tags:
            yield "route_tables", "means nothing with mechanism=secondary_ip: remove it."
        if any(version_of(address) == 6 for address in definition.addresses):
            yield "addresses", "must be IPv4 with mechanism=secondary_ip: use mechanism=route."
    if definition.mechanism == ROUTE and tables.is_empty and not tables.tags:
        yield "route_tables", "selects no table: give ids, subnet_ids or vpc_id."
    if tables.tags and not tables.vpc_id:
        yield "route_tables.tags", "needs vpc_id beside it: it narrows the tables of that VPC."


def _check_targets(definition: FloatingIp) -> Iterable[Finding]:
    targets = definition.targets
    if len(targets) < 2 and definition.state != "absent":
        yield "targets", f"needs at least two targets to move between, and has {len(targets)}."
    names: set[str] = set()
    probed: dict[Optional[str], str] = {}
    for index, target in enumerate(targets):
        path = f"targets[{target.name or index}]"
        yield from _check_interface(target, path)
        yield from _check_probe_address(definition, target, path)
        if target.name and target.name in names:
            yield f"{path}.name", f"'{target.name}' is listed twice: remove or rename one."
        names.add(target.name)
        for same in (one for one in targets[:index] if _may_be_one_interface(one, target)):
            yield path, f"is the interface of {same.name} too: correct it, or give device_index."
        other = probed.setdefault(target.probe_address or path, target.name)
        if other != target.name:
            yield f"{path}.probe_address", f"is also that of {other}: correct one of them."


def _may_be_one_interface(one: Target, other: Target) -> bool:
    if one.network_interface_id or not one.instance_id:
        same = one.network_interface_id == other.network_interface_id
        return same and one.network_interface_id is not None
    indexes = (one.device_index, other.device_index)
    return one.instance_id == other.instance_id and (None in indexes or len(set(indexes)) == 1)


def _check_interface(target: Target, path: str) -> Iterable[Finding]:
    if target.network_interface_id and target.instance_id:
        yield path, "has both network_interface_id and instance_id: remove one of them."
    if not target.network_interface_id and not target.instance_id:
        yield (
            path,
            "needs network_interface_id or instance_id: give one, or set the variable instance_id "
            f"of the inventory host {target.name}.",
        )
    if target.network_interface_id and target.device_index is not None:
        yield f"{path}.device_index", "belongs to instance_id: remove it."


def _check_probe_address(definition: FloatingIp, target: Target, path: str) -> Iterable[Finding]:
    path = f"{path}.probe_address"
    needed = definition.state != "absent" and definition.probe.protocol != "command"
    if needed and not target.probe_address:
        yield path, "is required: give the target's own address, for example 10.0.1.10."
    if target.probe_address in definition.addresses:
        yield path, "is the floating address, which is always the holder: give the target's own."


def _check_probe(definition: FloatingIp) -> Iterable[Finding]:
    probe = definition.probe
    if probe.protocol == "tcp" and probe.port is None:
        yield "probe.port", "is required with protocol=tcp: give the port of the service."
    if probe.protocol == "command" and not probe.command:
        yield "probe.command", "is required with protocol=command: give a list of arguments."
    if probe.protocol in ("http", "https") and not probe.expect_status:
        yield "probe.expect_status", "is empty, so nothing could ever be up: give '200-299'."


def _check_timings(definition: FloatingIp) -> Iterable[Finding]:
    probe, policy = definition.probe, definition.policy
    if probe.timeout >= 3 * probe.interval:
        limit = f"three intervals ({3 * probe.interval:g} seconds)"
        yield "probe.timeout", f"must be less than {limit}: lower it or raise interval."
    if probe.fast_interval > probe.interval:
        limit = f"interval ({probe.interval:g} seconds)"
        yield "probe.fast_interval", f"must be at most {limit}: lower it or raise interval."
    if policy.reconcile_interval < probe.interval:
        limit = f"probe.interval ({probe.interval:g} seconds)"
        yield "policy.reconcile_interval", f"must be at least {limit}: raise it."
    if policy.cooldown >= policy.max_moves_window:
        limit = f"max_moves_window ({policy.max_moves_window:g} seconds)"
        yield "policy.cooldown", f"must be less than {limit}: lower it or raise that."


def warnings(definition: FloatingIp) -> tuple[str, ...]:
    """What is allowed and yet likely a mistake: sentences, for `validate` to print."""
    path = f"floating_ips[{definition.name}]"
    found = (*_warn_protocol(definition), *_warn_addresses(definition))
    return tuple(f"{path}.{place} {text}" for place, text in found)


def _warn_protocol(definition: FloatingIp) -> Iterable[Finding]:
    probe = definition.probe
    if probe.protocol in ("tcp", "icmp"):
        yield (
            "probe.protocol",
            f"is {probe.protocol}, which a frozen host still answers: use http, https or command "
            "so that a hung service is noticed.",
        )
    if probe.protocol == "https" and probe.verify_tls and probe.host is None:
        yield (
            "probe.host",
            "is not given, so each certificate must hold the probe address: give the name that "
            "the certificates have.",
        )


def _warn_addresses(definition: FloatingIp) -> Iterable[Finding]:
    for target in definition.targets:
        ip = ip_of(target.probe_address or "")
        path = f"targets[{target.name}].probe_address"
        if target.probe_address and ip is None:
            yield path, "is a name: while it cannot be resolved the target's health is unknown."
        if ip is not None and ip.is_loopback:
            yield path, "is a loopback address, so every observer probes itself: give another."

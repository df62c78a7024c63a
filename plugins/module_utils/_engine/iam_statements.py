# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Statements of an IAM policy: which resources, narrowed by which conditions, as few as can be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

VERSION = "2012-10-17"

Conditions = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Scope:
    """Some resources. `vpcs`: ARNs of the VPCs that they are in. `tags`: they carry all of these.

    `tag_key`: they carry this tag, whatever it says.
    """

    arns: tuple[str, ...]
    vpcs: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    tag_key: Optional[str] = None

    @property
    def kind(self) -> tuple[Any, ...]:
        """Scopes of one kind can be said in one statement, and mean no more than apart."""
        return bool(self.vpcs), self.tags, self.tag_key or ""

    @property
    def conditions(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        if self.vpcs:
            found["ArnEquals"] = {"ec2:Vpc": one_or_list(self.vpcs)}
        if self.tags:
            found["StringEquals"] = {_tag(key): literal(value) for key, value in self.tags}
        if self.tag_key is not None:
            found["StringLike"] = {_tag(self.tag_key): "*"}
        return found


def merged(scopes: Iterable[Scope]) -> list[Scope]:
    """The same resources in as few scopes as can be, in the order in which they came."""
    found: dict[tuple[Any, ...], Scope] = {}
    for one in scopes:
        old = found.get(one.kind, Scope(()))
        arns = tuple(dict.fromkeys((*old.arns, *one.arns)))
        vpcs = tuple(dict.fromkeys((*old.vpcs, *one.vpcs)))
        found[one.kind] = Scope(arns, vpcs, one.tags, one.tag_key)
    return _without_repeats(list(found.values()))


def _without_repeats(scopes: Sequence[Scope]) -> list[Scope]:
    """Nothing is named that a scope without conditions names already by `*`."""
    wide = [arn for one in scopes if not any(one.kind) for arn in one.arns if arn.endswith("/*")]

    def is_said(arn: str, scope: Scope) -> bool:
        is_itself = arn in wide and not any(scope.kind)
        return not is_itself and any(arn.startswith(one[:-1]) for one in wide)

    narrowed = [
        replace(one, arns=tuple(arn for arn in one.arns if not is_said(arn, one))) for one in scopes
    ]
    return [one for one in narrowed if one.arns]


def allow(
    name: str, actions: Sequence[str], resources: Iterable[str], conditions: Conditions
) -> dict[str, Any]:
    """One statement; actions of EC2 come without their prefix."""
    full = [action if ":" in action else f"ec2:{action}" for action in actions]
    statement = {
        "Sid": name,
        "Effect": "Allow",
        "Action": one_or_list(sorted(full)),
        "Resource": one_or_list(sorted(resources)),
    }
    return {**statement, "Condition": conditions} if conditions else statement


def allow_in(
    name: str, actions: Sequence[str], scopes: Iterable[Scope], more: Optional[Conditions] = None
) -> Iterator[dict[str, Any]]:
    """One statement for each kind of scope."""
    for scope in merged(scopes):
        yield allow(name, actions, scope.arns, {**scope.conditions, **(more or {})})


def document(statements: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The policy. Statements of one name are numbered, as a name may be used once only."""
    listed = list(statements)
    names = [str(one["Sid"]) for one in listed]
    numbered = [
        {**one, "Sid": name if names.count(name) == 1 else f"{name}{names[: at + 1].count(name)}"}
        for at, (one, name) in enumerate(zip(listed, names))
    ]
    return {"Version": VERSION, "Statement": numbered}


def size_of(policy: Mapping[str, Any]) -> int:
    """Characters, as AWS counts them: without the spaces between."""
    return len(json.dumps(policy, separators=(",", ":"), ensure_ascii=False))


def one_or_list(values: Iterable[str]) -> Any:
    found = list(values)
    return found[0] if len(found) == 1 else found


def literal(value: str) -> str:
    """A value in which IAM finds no variable."""
    return value.replace("${", "${$}{")


def _tag(key: str) -> str:
    return f"aws:ResourceTag/{key}"

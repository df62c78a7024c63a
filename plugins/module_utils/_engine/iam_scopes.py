# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What of AWS belongs to a definition, as an IAM policy can say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Optional

from .._definition.model import ROUTE, FloatingIp
from .iam_statements import Scope
from .provisioning_marks import key_of

ANY = "*"
TABLE, INTERFACE, INSTANCE = "route-table", "network-interface", "instance"


@dataclass(frozen=True)
class Home:
    """Whose policy it is, and what its ARNs say where no definition does.

    `role_arn`: the policy is that role's; None: it is of whoever starts, before any role is taken.
    """

    account: str = ANY
    region: Optional[str] = None
    partition: Optional[str] = None
    role_arn: Optional[str] = None


@dataclass(frozen=True)
class Found:
    """What a look found of one definition: ids of its route tables and of its interfaces.

    `instances`: those that drills may stop.
    """

    tables: tuple[str, ...] = ()
    interfaces: tuple[str, ...] = ()
    instances: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One definition. `found` None: it was not looked at.

    `is_named`: tables and interfaces are named by their ids where these are known; else all are
    told by the tag that a deploy gives them.
    """

    definition: FloatingIp
    home: Home = Home()
    found: Optional[Found] = None
    is_named: bool = True

    @property
    def key(self) -> str:
        """The tag by which all that belongs to it is found."""
        return key_of(self.definition.name)

    @property
    def region(self) -> str:
        return self.definition.aws.region or self.home.region or ANY

    @property
    def is_route(self) -> bool:
        return self.definition.mechanism == ROUTE

    def tables(self) -> list[Scope]:
        """The tables whose routes may be written."""
        selector = self.definition.route_tables
        found = self.found.tables if self.found and selector.subnet_ids else ()
        unknown = bool(selector.subnet_ids) and not found
        scopes = self._known(TABLE, (*selector.ids, *found), unknown)
        if selector.vpc_id:
            scopes.append(self._in_vpc(TABLE, tuple(sorted(selector.tags.items()))))
        return scopes

    def interfaces(self) -> list[Scope]:
        """The interfaces of the targets. They are in the VPC of the tables, where that is known."""
        targets = self.definition.targets
        named = tuple(one.network_interface_id for one in targets if one.network_interface_id)
        found = self.found.interfaces if self.found else ()
        unknown = len(named) < len(targets) and not found
        if unknown and self.definition.route_tables.vpc_id:
            return [*self._known(INTERFACE, named, False), self._in_vpc(INTERFACE)]
        return self._known(INTERFACE, (*named, *found), unknown)

    def instances(self) -> Scope:
        """Nobody tags them, and IAM does not know their VPC: they are named or not meant."""
        found = self.found.instances if self.found else ()
        return Scope(tuple(self._arn(INSTANCE, one) for one in found))

    def untagged(self) -> list[Scope]:
        """All of these as they are before they carry the tag."""
        every = (*self.tables(), *self.interfaces())
        return [Scope(one.arns) if one.tag_key == self.key else one for one in every]

    def everything(self) -> Scope:
        return Scope((self._arn(TABLE, ANY), self._arn(INTERFACE, ANY)))

    def tagged(self, *kinds: str) -> Scope:
        """Whatever carries the tag."""
        return Scope(tuple(self._arn(kind, ANY) for kind in kinds), tag_key=self.key)

    def _known(self, kind: str, ids: Sequence[str], unknown: bool) -> list[Scope]:
        """These ids; and by the tag what is not known, or must not be named."""
        named = ids if self.is_named else ()
        rest = [self.tagged(kind)] if unknown or (ids and not self.is_named) else []
        return [Scope(tuple(self._arn(kind, one) for one in named)), *rest]

    def _in_vpc(self, kind: str, tags: Iterable[tuple[str, str]] = ()) -> Scope:
        vpc = self._arn("vpc", str(self.definition.route_tables.vpc_id))
        return Scope((self._arn(kind, ANY),), (vpc,), tuple(tags))

    def _arn(self, kind: str, name: str) -> str:
        partition = self.home.partition or partition_of(self.region)
        account = account_of(self.definition.aws.role_arn) or self.home.account
        return f"arn:{partition}:ec2:{self.region}:{account}:{kind}/{name}"


def partition_of(region: str) -> str:
    """The partition that a Region is in; of one that is not known, the largest."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def account_of(role_arn: Optional[str]) -> Optional[str]:
    return role_arn.split(":")[4] if role_arn else None

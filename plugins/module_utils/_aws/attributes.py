# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Set what a deploy sets once: source/dest checks and tags. Each may be done twice without harm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .calls import Ec2


def set_source_dest_check(ec2: Ec2, interface: str, enabled: bool, deadline: float) -> None:
    """Off, an interface may carry traffic for addresses that are not its own."""
    ec2.call(
        "modify_network_interface_attribute",
        deadline,
        NetworkInterfaceId=interface,
        SourceDestCheck={"Value": enabled},
    )


def tag(ec2: Ec2, resources: Sequence[str], tags: Mapping[str, str], deadline: float) -> None:
    """Give every resource these tags. Nothing to tag, or no tags: no call."""
    _change_tags(ec2, "create_tags", resources, tags, deadline)


def untag(ec2: Ec2, resources: Sequence[str], tags: Mapping[str, str], deadline: float) -> None:
    """Take these tags away where they have exactly these values; others stay."""
    _change_tags(ec2, "delete_tags", resources, tags, deadline)


def _change_tags(
    ec2: Ec2, operation: str, resources: Sequence[str], tags: Mapping[str, str], deadline: float
) -> None:
    if not resources or not tags:
        return
    listed = [{"Key": key, "Value": value} for key, value in sorted(tags.items())]
    ec2.call(operation, deadline, Resources=list(resources), Tags=listed)

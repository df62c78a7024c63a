# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Which of the tagged things are this definition's own: a name may be used in another VPC as well.

Tags tell by name what belongs to a floating IP, and names are chosen per environment. So only what
lies in the VPCs of the definition's own targets and tables is ever taken for its own.
"""

from __future__ import annotations

from dataclasses import replace

from .provisioning import Case
from .provisioning_marks import key_of


def at_home(case: Case) -> Case:
    """The case without what lies in other VPCs, so that nothing there is ever touched."""
    home = home_vpcs(case)
    return replace(
        case,
        tables=tuple(one for one in case.tables if one.vpc in home),
        interfaces=tuple(one for one in case.interfaces if one.vpc in home),
    )


def home_vpcs(case: Case) -> frozenset[str]:
    """The VPCs of its targets and selected tables; where all of them are gone, of its tags."""
    seats = {place.interface for place in case.look.places}
    cells = {reading.cell.id for reading in case.look.readings}
    vpcs = {one.vpc for one in case.interfaces if one.id in seats}
    vpcs |= {one.vpc for one in case.tables if one.id in cells}
    return frozenset(vpcs) or tagged_vpcs(case)


def tagged_vpcs(case: Case) -> frozenset[str]:
    """The VPCs in which anything carries the definition's tag."""
    key = key_of(case.name)
    tables = {one.vpc for one in case.tables if key in one.tags}
    return frozenset(tables | {one.vpc for one in case.interfaces if key in one.tags})


def strays(case: Case) -> tuple[str, ...]:
    """A sentence where the name is used in other VPCs too; nothing is done about that."""
    elsewhere = sorted(tagged_vpcs(case) - home_vpcs(case))
    if not elsewhere:
        return ()
    return (
        f"The tag {key_of(case.name)} is also found in {', '.join(elsewhere)}, where none of its "
        "targets and tables are; nothing there is touched. Give each floating IP of an account "
        "and Region a name of its own.",
    )


def homeless(case: Case) -> tuple[str, ...]:
    """Why a teardown cannot tell its own things from another environment's; empty where it can."""
    found = sorted(tagged_vpcs(case))
    is_seated = any(place.interface is not None for place in case.look.places)
    if is_seated or case.look.readings or len(found) <= 1:
        return ()
    return (
        f"Floating IP {case.name}: its targets and tables are gone, and its tag is found in "
        f"several VPCs ({', '.join(found)}); set route_tables.vpc_id to the one that is meant.",
    )

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    RouteTables,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.selection import (
    EMPTY,
    Coverage,
    coverage,
    select_tables,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._engine.vpc import (
    SUBNETS,
    TABLES,
)


def selected(**selector: Any) -> tuple[list[str], tuple[str, ...]]:
    tables, findings = select_tables(RouteTables(**selector), TABLES, SUBNETS)
    return [table.id for table in tables], findings


def test_a_subnet_stands_for_the_table_that_it_is_associated_with() -> None:
    assert selected(subnet_ids=("subnet-b", "subnet-a")) == (["rtb-b", "rtb-a"], ())


def test_a_subnet_without_association_stands_for_the_main_table_of_its_vpc() -> None:
    assert selected(subnet_ids=("subnet-main",)) == (["rtb-main"], ())


def test_a_vpc_stands_for_all_its_tables_but_gateway_tables() -> None:
    assert selected(vpc_id="vpc-1") == (["rtb-a", "rtb-b", "rtb-main"], ())


def test_tags_narrow_the_vpc_and_nothing_else() -> None:
    tags = {"floating-ip": "db"}
    assert selected(vpc_id="vpc-1", tags=tags)[0] == ["rtb-b", "rtb-main"]
    assert selected(vpc_id="vpc-1", tags={**tags, "tier": "client"})[0] == ["rtb-b"]
    assert selected(ids=("rtb-a",), vpc_id="vpc-1", tags=tags)[0] == ["rtb-a", "rtb-b", "rtb-main"]


def test_selectors_add_up_and_a_table_counts_once() -> None:
    chosen, findings = selected(ids=("rtb-b",), subnet_ids=("subnet-b", "subnet-a"), vpc_id="vpc-1")
    assert (chosen, findings) == (["rtb-b", "rtb-a", "rtb-main"], ())


def test_a_gateway_table_is_never_selected_even_by_id() -> None:
    chosen, findings = selected(ids=("rtb-edge", "rtb-a"))
    assert chosen == ["rtb-a"]
    assert len(findings) == 1 and "rtb-edge belongs to a gateway" in findings[0]
    tables = (*TABLES, replace(TABLES[3], id="rtb-ingress", subnets=("subnet-c",)))
    subnets = (replace(SUBNETS[0], id="subnet-c"),)
    chosen_tables, findings = select_tables(RouteTables(subnet_ids=("subnet-c",)), tables, subnets)
    assert chosen_tables == () and "gateway table rtb-ingress" in findings[0]


def test_what_does_not_exist_is_a_finding_and_blocks_nothing() -> None:
    chosen, findings = selected(ids=("rtb-x", "rtb-a"), subnet_ids=("subnet-x",))
    assert chosen == ["rtb-a"]
    assert [finding.partition(" does")[0] for finding in findings] == [
        "Route table rtb-x",
        "Subnet subnet-x",
    ]
    assert "vpc-x" in selected(vpc_id="vpc-x", ids=("rtb-a",))[1][0]
    assert "tags env=x" in selected(vpc_id="vpc-1", tags={"env": "x"})[1][0]


def test_a_subnet_whose_tables_cannot_be_read_is_a_finding() -> None:
    chosen, findings = select_tables(RouteTables(subnet_ids=("subnet-main",)), TABLES[1:3], SUBNETS)
    assert chosen == () and "subnet-main has no route table that can be read" in findings[0]


def test_selecting_nothing_is_a_finding() -> None:
    assert selected(ids=("rtb-x",))[1][-1] == EMPTY
    assert selected(vpc_id="vpc-1")[1] == ()


def test_coverage_says_of_each_subnet_where_its_packets_go() -> None:
    a, b, main = coverage(["100.64.10.10"], SUBNETS, TABLES)
    assert a == Coverage("subnet-a", "100.64.10.10", "rtb-a", "eni-a") and a.is_covered
    assert (b.table, b.points_at, b.blackhole, b.is_covered) == ("rtb-b", "eni-a", True, False)
    assert (main.table, main.points_at, main.is_covered) == ("rtb-main", None, False)


def test_coverage_without_a_readable_table_says_so() -> None:
    (found,) = coverage(["100.64.10.10"], SUBNETS[2:], TABLES[1:3])
    assert found.table is None and not found.is_covered

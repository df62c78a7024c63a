# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.demo.router import Router, parse_endpoint
from ansible_collections.netops.floating_ip.tests.demo.routing import applied, next_hop, routes_of

LOCAL = {"gateway_id": "local", "state": "active"}
ROUTES = {
    "10.0.0.0/16": LOCAL,
    "100.64.0.0/10": {"network_interface_id": "eni-wide", "state": "active"},
    "100.64.10.10/32": {"network_interface_id": "eni-a", "state": "active"},
    "100.64.10.11/32": {"network_interface_id": "eni-a", "state": "blackhole"},
    "fd00::10/128": {"network_interface_id": "eni-6", "state": "active"},
    "pl-1": {"network_interface_id": "eni-list", "state": "active"},
}


@pytest.mark.parametrize(
    ("address", "interface"),
    [
        ("100.64.10.10", "eni-a"),
        ("100.64.10.12", "eni-wide"),
        ("100.64.10.11", None),  # a blackhole hides the wider route
        ("10.0.1.5", None),
        ("192.0.2.1", None),
        ("fd00::10", "eni-6"),
    ],
)
def test_the_longest_match_is_the_next_hop(address: str, interface: str | None) -> None:
    assert next_hop(ROUTES, address) == interface


def event(kind: str, table: str, destination: str, after: Any) -> dict[str, Any]:
    return {"kind": kind, "id": table, "sub": destination, "after": after, "seq": 1}


def test_events_of_the_table_are_applied_and_no_others() -> None:
    moved = {"network_interface_id": "eni-b", "state": "active"}
    after = applied(
        ROUTES,
        "rtb-1",
        [
            event("route", "rtb-1", "100.64.10.10/32", moved),
            event("route", "rtb-2", "100.64.0.0/10", None),
            event("tag", "rtb-1", "Name", None),
            event("route", "rtb-1", "10.0.0.0/16", None),
        ],
    )
    assert next_hop(after, "100.64.10.10") == "eni-b"
    assert "100.64.0.0/10" in after
    assert "10.0.0.0/16" not in after
    assert applied(ROUTES, "rtb-1", [{"kind": "reset"}]) == {}


def test_a_table_that_is_not_there_has_no_routes() -> None:
    state = {"route_tables": {"rtb-1": {"routes": ROUTES}}}
    assert routes_of(state, "rtb-1") == ROUTES
    assert routes_of(state, "rtb-2") == routes_of({}, "rtb-1") == {}


def test_a_request_goes_to_the_endpoint_of_its_next_hop() -> None:
    router = Router(dict([parse_endpoint("eni-a=127.0.1.10:8080")]), ROUTES)
    assert router.endpoint_for(b"GET http://100.64.10.10/ HTTP/1.0\r\n") == ("127.0.1.10", 8080)
    assert router.endpoint_for(b"GET http://100.64.10.12/ HTTP/1.0\r\n") is None
    assert router.endpoint_for(b"GET http://192.0.2.1/ HTTP/1.0\r\n") is None


@pytest.mark.parametrize(
    "head", [b"GET / HTTP/1.0\r\n", b"", b"\xff\xff\r\n", b"GET http://web/ x"]
)
def test_what_is_no_request_to_an_address_is_refused(head: bytes) -> None:
    with pytest.raises(ValueError):
        Router({}, ROUTES).endpoint_for(head)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which floating IPs of a monitor go, and which stay: by what is defined, named and found."""

from __future__ import annotations

import json

import pytest

from ansible_collections.netops.floating_ip.tests.unit.roles.monitor_role import definition, told

OLD = {
    "files": {"/etc/floating-ip/db.json": "0644 0:0 digest"},
    "places": {"db": [["eu-west-1", "", "100.64.10.10"]]},
}


def test_an_orphan_whose_address_has_another_name_now_goes() -> None:
    value = told(OLD, defined=[definition("primary")])
    assert (value("kept"), value("recorded")) == ([], ["primary"])
    assert told(OLD, defined=[definition("web")])("kept") == ["db"]
    for aws in ({"region": "eu-west-2"}, {"region": "eu-west-1", "role_arn": "arn:other"}):
        assert told(OLD, defined=[{**definition("primary"), "aws": aws}])("kept") == ["db"]
    nowhere = {key: value for key, value in definition("primary").items() if key != "aws"}
    assert told(OLD, defined=[nowhere])("kept") == ["db"]


def test_but_not_before_the_monitor_has_it_under_the_new_name() -> None:
    row = {"floating_ip": "primary", "target": "db-b", "health": "down", "reason": "refused"}
    probed = {"rc": 1, "stdout": json.dumps([row]), "stderr": ""}
    value = told(OLD, probed, [definition("primary")])
    assert (value("given_names"), value("kept"), value("recorded")) == ([], ["db"], ["db"])


@pytest.mark.parametrize(
    ("names", "orphans", "kept"),
    [
        (["db"], "report", ["web", "gone"]),
        (["db"], "remove", ["web"]),  # which has a definition, and nobody told it to go
        (["db", "web"], "report", ["gone"]),
        (["db", "web"], "remove", []),
        ([], "report", []),
    ],
)
def test_what_is_taken_away_by_name_leaves_the_others_as_they_are(
    names: list[str], orphans: str, kept: list[str]
) -> None:
    there = ["db", "web", "gone"]
    found = {
        "deployed": there,
        "files": {f"/etc/floating-ip/{name}.json": "" for name in there},
        "places": {name: [] for name in there},
        "drills": ["db", "web"],
        "is_enabled": False,
    }
    value = told(found, state="absent", names=names, orphans=orphans)
    assert (value("kept"), value("goes")) == (kept, not kept)
    assert sorted(value("undrilled")) == [name for name in ("db", "web") if name not in kept]
    assert (value("watched"), value("new"), value("given")) == ([], [], [])

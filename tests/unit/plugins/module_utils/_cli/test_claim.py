# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Claims, with a fake EC2 and without probes: what a notify script counts on."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._cli import claim, own
from ansible_collections.netops.floating_ip.plugins.module_utils._store.clock import (
    boot_id,
    boottime,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.plugins.module_utils._store.lock import Patience, locked
from ansible_collections.netops.floating_ip.plugins.module_utils._store.status import write_status
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._cli.conftest import (
    ROUTE,
    TABLES,
    Host,
    Name,
    context,
    holders,
    intent,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    FakeEc2,
)


@pytest.fixture
def monitored(host: Host) -> None:
    """A monitor runs here."""
    status = {"at": boottime(), "boot_id": boot_id()}
    assert write_status(str(host.context), "db", status) is None


def test_a_claim_asks_neither_for_health_nor_for_drains(host: Host, cloud: FakeEc2) -> None:
    host.run("drain", "b")
    assert host.run("claim", "db", "--target", "b").code == 0
    assert holders(cloud) == {"eni-b"}
    assert "nothing to change" in host.run("claim", "db", "--target", "b").out


def test_a_claim_is_for_the_target_that_the_metadata_service_says_we_are(
    host: Host, cloud: FakeEc2, ours: Name
) -> None:
    ours("eni-b")
    assert host.run("claim", "db").code == 0 and holders(cloud) == {"eni-b"}


@pytest.mark.parametrize("verb", ["claim", "release"])
def test_a_host_that_is_no_target_is_refused(
    host: Host, cloud: FakeEc2, ours: Name, verb: str
) -> None:
    ours("eni-c")
    done = host.run(verb, "db")
    assert done.code == 4 and "(i-1, eni-c) is no target of db" in done.err
    assert cloud.calls == [] and not (host.context / "db.json").exists()


@pytest.mark.parametrize("verb", ["claim", "release"])
def test_an_unknown_target_is_refused(host: Host, cloud: FakeEc2, verb: str) -> None:
    done = host.run(verb, "db", "--target", "c")
    assert done.code == 4 and "has no target 'c'; it has a, b" in done.err


@pytest.mark.usefixtures("cloud")
def test_the_intent_is_on_disk_before_the_first_call(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(claim, "look", killed)
    assert host.run("claim", "db", "--target", "b").code == 130
    found = intent(host)
    assert (found.to, found.moving, found.source) == ("b", True, "operator")
    assert 0 < found.marker_until - boottime() <= 5


@pytest.mark.usefixtures("no_aws", "monitored")
def test_without_aws_a_running_monitor_is_left_to_finish_a_claim(host: Host) -> None:
    done = host.run("claim", "db", "--target", "b")
    assert done.code == 1
    assert "There is no way" in done.err and "monitor of this host goes on with it" in done.err
    found = intent(host)
    assert (found.to, found.moving) == ("b", True) and found.marker_until <= boottime()


@pytest.mark.usefixtures("no_aws")
def test_without_a_monitor_a_failed_claim_leaves_nothing_for_a_later_one(host: Host) -> None:
    FileStore(str(host.context)).update("db", lambda one: replace(one, holder="a", holding="held"))
    assert host.run("claim", "db", "--target", "b").code == 1
    assert (intent(host).to, intent(host).moving) == ("a", False)


def test_a_claim_takes_it_from_a_stranger_too(host: Host, cloud: FakeEc2) -> None:
    """Whoever calls it knows that this host is the active one."""
    cloud.state.update({(table, ROUTE): "eni-c" for table in TABLES})
    assert host.run("claim", "db", "--target", "b").code == 0
    assert holders(cloud) == {"eni-b"}


def test_a_claim_that_is_done_is_recorded_as_done(host: Host, cloud: FakeEc2) -> None:
    host.run("claim", "db", "--target", "b")
    (record,) = context(host).moves
    assert (record.to, record.reason, record.result) == ("b", "claimed", "done")
    assert not intent(host).moving


def test_a_claim_on_a_host_without_a_monitor_leaves_no_files(host: Host, cloud: FakeEc2) -> None:
    host.context.rmdir()
    done = host.run("claim", "db", "--target", "b")
    assert (done.code, done.err) == (0, "") and not host.context.exists()


def test_claims_keep_their_turn_but_no_lock_keeps_them_back_for_ever(
    host: Host, cloud: FakeEc2, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "TURN", 0.0)
    with locked(str(host.context / "db.claim.lock"), Patience()):
        done = host.run("claim", "db", "--target", "b")
    assert done.code == 0 and "Going on all the same" in done.err
    assert holders(cloud) == {"eni-b"}


def test_a_claim_of_several_does_what_it_can(host: Host, cloud: FakeEc2) -> None:
    """What cannot be read keeps back nothing else: somebody waits for each of them."""
    host.define("web.json", name="web", addresses=["100.64.10.11"], route_tables={"ids": ["rtb-9"]})
    host.define(route_tables={"ids": list(TABLES)})
    done = host.run("claim", "db", "web", "--target", "b")
    assert done.code == 1 and "rtb-9" in done.err and holders(cloud) == {"eni-b"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("verb", ["claim", "release"])
def test_what_root_leaves_belongs_to_the_monitor_s_user(
    host: Host, cloud: FakeEc2, verb: str
) -> None:
    os.chown(host.context, 65534, 65534)
    host.run(verb, "db", "--target", "a" if verb == "release" else "b")
    found = {path.name: path.stat().st_uid for path in host.context.iterdir()}
    assert found == dict.fromkeys(("db.json", "db.lock", "db.claim.lock"), 65534)

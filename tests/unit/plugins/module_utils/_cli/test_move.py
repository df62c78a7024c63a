# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An operator's move, with a fake EC2 and without probes."""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._cli import move
from ansible_collections.netops.floating_ip.plugins.module_utils._cli.outcome import show
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Health
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.proof import Proof
from ansible_collections.netops.floating_ip.plugins.module_utils._store.file import FileStore
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._cli.conftest import (
    Host,
    holders,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_ec2 import (  # noqa: E501 - the path of a module
    FakeEc2,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._operations.fake_faults import (  # noqa: E501 - the path of a module
    DENIED,
)


def test_a_move_to_the_next_target(host: Host, cloud: FakeEc2) -> None:
    done = host.run("move", "db")
    assert done.code == 0 and holders(cloud) == {"eni-b"}
    assert done.out.startswith("db moved from a to b: 2 of 2 cells")
    (record,) = FileStore(str(host.context)).load("db").context.moves
    assert (record.to, record.source, record.result) == ("b", "operator", "done")


def test_a_check_changes_nothing_not_even_a_file(host: Host, cloud: FakeEc2) -> None:
    done = host.run("move", "db", "--check", "--json")
    assert done.code == 0 and holders(cloud) == {"eni-a"}
    assert done.json["floating_ips"][0]["holder"] == "b"
    assert list(host.context.glob("*.json")) == []


def test_a_drained_target_is_refused_unless_forced(host: Host, cloud: FakeEc2) -> None:
    host.run("drain", "b")
    assert host.run("move", "db", "--to", "b").code == 4 and holders(cloud) == {"eni-a"}
    assert host.run("move", "db", "--to", "b", "--force").code == 0
    assert holders(cloud) == {"eni-b"}


def test_a_target_that_is_not_up_is_refused(
    host: Host, cloud: FakeEc2, monkeypatch: pytest.MonkeyPatch
) -> None:
    down = {("db", "b"): Proof(Health.DOWN, "connection refused")}
    monkeypatch.setattr(move, "prove", lambda *_arguments: down)
    done = host.run("move", "db", "--to", "b")
    assert done.code == 4 and "connection refused" in done.err


def test_exit_codes_tell_partial_from_failed(host: Host, cloud: FakeEc2) -> None:
    first_write = len(cloud.calls) + 2  # after the two calls of the look
    cloud.faults = {first_write: DENIED}
    assert host.run("move", "db").code == 3
    cloud.faults = {len(cloud.calls) + n: DENIED for n in range(2, 4)}
    done = host.run("move", "db", "--to", "a", "--force")
    assert done.code in (1, 3) and "Allow ec2:ReplaceRoute" in done.out


def test_no_result_is_no_failure(host: Host, cloud: FakeEc2) -> None:
    from ansible_collections.netops.floating_ip.plugins.module_utils._cli.installed import (
        Settings,
    )

    assert show(Settings(host.definitions, host.context, as_json=True), ()) == 0

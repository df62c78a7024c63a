# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.bench.keepalived import (
    Peer,
    claim,
    on_a_lan,
    on_aws,
)

FIRST = Peer("eth0", "10.0.1.4", "10.0.2.4", is_first=True, interval=0.1)
SECOND = Peer("eth0", "10.0.2.4", "10.0.1.4", is_first=False, interval=1.0)


@pytest.mark.parametrize(
    "text", [on_a_lan(FIRST, "10.9.0.100", "/bin/true"), on_aws(SECOND, "/x", "/bin/true")]
)
def test_every_brace_is_closed(text: str) -> None:
    assert text.count("{") == text.count("}") > 0
    assert "{{" not in text and "}}" not in text


def test_the_first_is_preferred_and_advertises_at_the_pace_asked_for() -> None:
    text = on_a_lan(FIRST, "10.9.0.100")
    assert "state MASTER" in text and "priority 150" in text and "advert_int 0.1" in text
    assert "track_script" not in text
    text = on_a_lan(SECOND, "10.9.0.100")
    assert "state BACKUP" in text and "priority 100" in text


def test_on_aws_it_speaks_to_its_peer_alone_and_calls_the_program() -> None:
    text = on_aws(SECOND, "/opt/claim")
    assert "unicast_peer {\n    10.0.1.4\n  }" in text
    assert 'notify_master "/opt/claim"' in text and "track_script" not in text


def test_the_call_is_a_program_that_names_every_table() -> None:
    text = claim("eni-1", "100.64.10.10", ("rtb-1", "rtb-2"), "http://192.0.2.1")
    compile(text, "claim", "exec")
    assert "['rtb-1', 'rtb-2']" in text and 'NetworkInterfaceId="eni-1"' in text

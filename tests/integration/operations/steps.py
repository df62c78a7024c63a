# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of provisioning do again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import FloatingIp
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.edge import Edge
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.provision import (
    Provisioned,
    foretell,
    plan,
    provision,
)

BLOCK = "100.64.10.10/32"


def absent(*definitions: FloatingIp) -> list[FloatingIp]:
    return [replace(one, state="absent") for one in definitions]


def deploy(edge: Edge, definitions: Sequence[FloatingIp]) -> tuple[Provisioned, ...]:
    """Plan, see that check mode says the same as the work itself, and do it."""
    plans = plan(edge, definitions)
    assert [one.problems for one in plans] == [()] * len(plans)
    said = foretell(plans)
    done = provision(edge, plans)
    assert [replace(one, seconds=0.0) for one in done] == list(said)
    return done


def problems_of(edge: Edge, *definitions: FloatingIp) -> str:
    return " ".join(sentence for one in plan(edge, definitions) for sentence in one.problems)


def is_unchanged(done: Sequence[Provisioned]) -> bool:
    return not any(one.is_changed or one.is_partial for one in done)

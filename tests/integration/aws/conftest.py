# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A connection of ours to the emulator, made the way an agent makes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import (
    CallRecord,
    Ec2,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.session import Hooks, connect
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Aws
from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator


@dataclass
class Link:
    """An `Ec2`, and what it sent."""

    ec2: Ec2
    records: list[CallRecord] = field(default_factory=list)

    def until(self, seconds: float = 10.0) -> float:
        return self.ec2.clock() + seconds

    @property
    def errors(self) -> list[str | None]:
        return [record.error for record in self.records]


def link_to(emulator: Emulator, **aws: Any) -> Link:
    records: list[CallRecord] = []
    place = Aws(region="eu-west-1", endpoint_url=emulator.url, **aws)
    return Link(connect(place, hooks=Hooks(on_call=records.append)), records)


@pytest.fixture
def link(emulator: Emulator) -> Iterator[Link]:
    made = link_to(emulator)
    yield made
    made.ec2.client.close()

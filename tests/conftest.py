# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures for tests that need an AWS: `emulator` (one process a session, empty for each test),
`ec2`, `world`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.emulator.client import REGION, Emulator


@pytest.fixture(scope="session")
def emulator_process() -> Iterator[Emulator]:
    with Emulator.start(*os.environ.get("EMULATOR_OPTIONS", "").split()) as emulator:
        yield emulator


@pytest.fixture
def emulator(emulator_process: Emulator, monkeypatch: pytest.MonkeyPatch) -> Emulator:
    """An empty AWS; the environment of the test leads boto3 and Ansible to it."""
    emulator_process.reset()
    for name, value in emulator_process.environment().items():
        monkeypatch.setenv(name, value)
    return emulator_process


@pytest.fixture(scope="session")
def aws() -> Any:
    """A boto3 session with test keys."""
    import boto3

    return boto3.session.Session("testing", "testing", region_name=REGION)


@pytest.fixture
def ec2(emulator: Emulator, aws: Any) -> Iterator[Any]:
    """A boto3 EC2 client that tries each call once."""
    from botocore.config import Config

    once = Config(
        retries={"total_max_attempts": 1},
        connect_timeout=2,
        read_timeout=10,
        max_pool_connections=50,
    )
    client = aws.client("ec2", endpoint_url=emulator.url, config=once)
    yield client
    client.close()


@pytest.fixture
def world(ec2: Any) -> Callable[..., Any]:
    """Build a network: `world(tables=3)`; see tests/emulator/world.py."""
    from ansible_collections.netops.floating_ip.tests.emulator.world import network

    return lambda **wanted: network(ec2, **wanted)

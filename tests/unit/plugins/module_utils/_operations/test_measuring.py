# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import os
import pathlib
import signal
import socket
import time
from collections.abc import Iterator

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import (
    FloatingIp,
    Probe,
    Target,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations import measuring
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.measuring import (
    Question,
    ToldByFile,
    lines_of,
    problems_of,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._operations.metering import (
    Metering,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.meter import Line, Pace

DB = FloatingIp("db", ("100.64.10.10", "fd00::10"), (Target("db-a"),), probe=Probe(port=5432))


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0), backlog=512) as server:
        yield server.getsockname()[1]


def line(port: int) -> Line:
    return Line("db", "127.0.0.1", Probe(protocol="tcp", port=port, timeout=5.0))


def test_an_address_is_asked_as_the_probe_asks_its_targets() -> None:
    first, second = lines_of(DB, Question())
    assert (first.address, second.address) == DB.addresses
    assert (first.settings.protocol, first.settings.port) == ("http", 5432)
    assert first.settings.timeout == measuring.TIMEOUT


def test_a_question_may_be_another() -> None:
    (one,) = lines_of(DB, Question("tcp", 80, address="192.0.2.1", timeout=1.0))
    assert (one.address, one.settings.protocol, one.settings.port) == ("192.0.2.1", "tcp", 80)
    assert lines_of(DB, Question(path="/up"))[0].settings.path == "/up"
    assert lines_of(DB, Question("https"))[0].settings.port is None  # not that of plain http


def test_a_host_that_has_the_address_is_no_client_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "is_this_host", lambda address: address == "100.64.10.10")
    (said,) = problems_of(lines_of(DB, Question()), Pace())
    assert said.startswith("This host has 100.64.10.10 itself")
    assert problems_of([line(80)], Pace()) == ()  # loopback is everyone's


def test_a_word_in_a_file_is_told_once(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "words"
    told = ToldByFile(str(path))
    assert told() is None
    path.write_text("failover\n", encoding="utf-8")
    assert (told(), told()) == ("failover", None)
    path.write_text("end", encoding="utf-8")
    os.utime(path, ns=(1, 1))  # whatever the clock of the file system does
    assert told() == "end"


def test_a_file_of_words_that_is_removed_ends_the_measuring(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "words"
    path.touch()
    told = ToldByFile(str(path))
    assert told() is None
    path.unlink()
    assert told() == "end"


def test_a_file_of_words_that_is_left_alone_for_too_long_ends_the_measuring(
    tmp_path: pathlib.Path,
) -> None:
    path, now = tmp_path / "words", [100.0]
    path.write_text("failover", encoding="utf-8")
    told = ToldByFile(str(path), within=30.0, clock=lambda: now[0])
    assert told() == "failover"
    now[0] = 129.0
    assert told() is None
    os.utime(path, ns=(2, 2))  # the same word once more
    assert told() is None
    now[0] = 158.0
    assert told() is None
    now[0] = 160.0
    assert told() == "end"


def test_a_meter_of_its_own_begins_and_ends_when_told(port: int) -> None:
    meter = Metering([line(port)], Pace(0.01, 60.0))
    meter.begin()
    meter.tell("failover")
    (found,) = meter.finish()
    assert found["lost"] == 0 and [mark["word"] for mark in found["marks"]] == ["failover"]
    assert found["host"] == socket.gethostname() and json.dumps(found)
    meter.close()  # once more does no harm


def test_a_meter_that_never_began_ends_with_its_maker(port: int) -> None:
    meter = Metering([line(port)], Pace(0.01, 60.0))
    meter.close()
    assert not meter._process.is_alive()


def test_a_meter_outlives_what_ends_others_in_the_terminal(port: int) -> None:
    meter = Metering([line(port)], Pace(0.01, 60.0))
    meter.begin()
    process = meter._process.pid
    assert process is not None
    end = time.monotonic() + 10
    while not ignores(process, signal.SIGTERM) and time.monotonic() < end:
        pass
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(process, number)
    (found,) = meter.finish()
    assert found["answered"] == found["sent"]


def ignores(process: int, number: int) -> bool:
    status = pathlib.Path(f"/proc/{process}/status").read_text(encoding="ascii")
    (mask,) = [line.split()[1] for line in status.splitlines() if line.startswith("SigIgn")]
    return bool(int(mask, 16) >> (number - 1) & 1)


def test_of_a_meter_that_died_nothing_is_known(port: int) -> None:
    meter = Metering([line(port)], Pace(0.01, 60.0))
    meter.begin()
    assert meter._process.pid is not None
    os.kill(meter._process.pid, signal.SIGKILL)
    meter._process.join()
    meter.tell("failover")
    assert meter.finish() == []

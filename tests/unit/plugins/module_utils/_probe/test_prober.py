# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import resource
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Probe
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.prober import Prober
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.request import (
    Done,
    ProbeRequest,
)
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._probe.servers import (
    PATIENCE,
    TIMEOUT,
    answering,
    free_port,
    listening,
    open_files,
    serving,
)

OK = b"HTTP/1.1 200 OK\r\n\r\n"


class Jumping:
    """The monotonic clock, and what a test adds to it."""

    def __init__(self) -> None:
        self.added = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.added


@pytest.fixture
def clock() -> Jumping:
    return Jumping()


@pytest.fixture
def prober(clock: Jumping) -> Iterator[Prober]:
    with closing(Prober(clock)) as one:
        yield one


def request(port: int, target: str = "db-a", **settings: Any) -> ProbeRequest:
    settings.setdefault("timeout", PATIENCE)
    return ProbeRequest(target, "127.0.0.1", Probe(port=port, **settings))


def gather(prober: Prober) -> list[Done]:
    done: list[Done] = []
    while prober.under_way:
        done += prober.wait_done(time.monotonic() + PATIENCE)
    return done


def test_probes_of_many_targets_run_together(prober: Prober) -> None:
    with serving(answering(OK)) as up, listening() as hung:
        for number in range(20):
            prober.start(request(up, f"up-{number}"))
            prober.start(request(hung, f"hung-{number}", timeout=TIMEOUT))
        began = time.monotonic()
        evidence = Counter(done.result.evidence for done in gather(prober))
        assert evidence == {Evidence.PASSED: 20, Evidence.TIMEOUT: 20}
        assert time.monotonic() - began < 20 * TIMEOUT


def test_fast_probes_of_one_target_overlap(prober: Prober) -> None:
    with listening() as hung:
        for _time in range(3):
            prober.start(request(hung, timeout=TIMEOUT))
        assert prober.under_way == 3
        assert len(gather(prober)) == 3


def test_the_request_s_own_timeout_goes_before_the_settings(prober: Prober) -> None:
    with listening() as hung:
        settings = Probe(port=hung, timeout=PATIENCE)
        prober.start(ProbeRequest("db-a", "127.0.0.1", settings, timeout=TIMEOUT))
        (done,) = gather(prober)
    assert done.result.reason.endswith("within 0.05 s")
    assert done.result.ended - done.result.started == pytest.approx(TIMEOUT, abs=TIMEOUT)


def test_a_result_comes_with_its_request(prober: Prober) -> None:
    asked = ProbeRequest("db-a", "127.0.0.1", Probe(port=free_port()), floating_ip="db")
    prober.start(asked)
    (done,) = gather(prober)
    assert done.request is asked


def test_wait_returns_nothing_when_its_time_is_up(prober: Prober) -> None:
    with listening() as hung:
        prober.start(request(hung))
        until = time.monotonic() + 0.01
        assert prober.wait(until) == ()
        assert time.monotonic() >= until


def test_wait_returns_as_soon_as_one_probe_is_done(prober: Prober) -> None:
    with listening() as hung, serving(answering(OK)) as up:
        prober.start(request(hung, "slow"))
        prober.start(request(up, "quick"))
        results = prober.wait(time.monotonic() + PATIENCE)
    assert [result.target for result in results] == ["quick"]


def test_wake_ends_a_wait_from_another_thread(prober: Prober) -> None:
    thread = threading.Thread(target=prober.wake)
    began = time.monotonic()
    thread.start()
    assert prober.wait(began + PATIENCE) == ()
    thread.join()
    assert time.monotonic() - began < PATIENCE


def test_wake_before_a_wait_is_not_lost_and_counts_once(prober: Prober) -> None:
    prober.wake()
    prober.wake()
    assert prober.wait(time.monotonic() + PATIENCE) == ()
    until = time.monotonic() + 0.01
    prober.wait(until)
    assert time.monotonic() >= until


def test_a_caller_that_stays_away_too_long_makes_no_timeout(prober: Prober, clock: Jumping) -> None:
    with listening() as hung:
        prober.start(request(hung, timeout=0.5))
        clock.added += 60
        (done,) = gather(prober)
    assert done.result.evidence is Evidence.UNKNOWN
    assert (
        done.result.reason == "this host was too busy to probe: it lost 60 s of the probe's 0.5 s"
    )


def test_an_answer_that_waits_for_a_late_loop_is_heard(prober: Prober, clock: Jumping) -> None:
    with listening() as port:
        prober.start(request(port, protocol="tcp", timeout=0.5))
        clock.added += 60
        (done,) = gather(prober)
    assert done.result.evidence is Evidence.PASSED


def test_a_stopped_process_makes_no_timeout(clock: Jumping) -> None:
    with closing(Prober(clock)) as prober, listening() as hung:
        prober.start(request(hung, timeout=0.2))
        select = prober._selector.select

        def stopped(timeout: float | None = None) -> Any:
            clock.added += 60  # SIGSTOP, SIGCONT
            return select(timeout)

        prober._selector.select = stopped  # type: ignore[method-assign]  # a slow kernel
        (done,) = gather(prober)
    assert done.result.evidence is Evidence.UNKNOWN


def test_lateness_before_a_probe_is_not_its_own(prober: Prober, clock: Jumping) -> None:
    with listening() as hung:
        clock.added += 60
        prober.start(request(hung, timeout=TIMEOUT))
        (done,) = gather(prober)
    assert done.result.evidence is Evidence.TIMEOUT


def test_a_protocol_of_another_version_is_unknown(prober: Prober) -> None:
    prober.start(request(1, protocol="quic"))
    ((_asked, result),) = prober.wait_done(time.monotonic() + PATIENCE)
    assert result.evidence is Evidence.UNKNOWN
    assert result.reason == "this version knows no probe protocol 'quic'"


def test_too_many_open_files_are_unknown(prober: Prober) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
        prober.start(request(1))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    (result,) = prober.wait(time.monotonic() + PATIENCE)
    assert result.evidence is Evidence.UNKNOWN
    assert "LimitNOFILE" in result.reason


def test_two_thousand_probes_leave_no_file_open() -> None:
    before = open_files()
    with closing(Prober(time.monotonic)) as prober, listening() as hung:
        inside = open_files()
        closed = free_port()
        for _time in range(20):
            for _time in range(50):
                prober.start(request(closed, protocol="tcp"))
            for _time in range(50):
                prober.start(request(hung, timeout=0.005))
            gather(prober)
        assert open_files() == inside
    assert open_files() == before


def test_closing_gives_up_what_is_under_way() -> None:
    before = open_files()
    with listening() as hung:
        prober = Prober(time.monotonic)
        prober.start(request(hung))
        prober.start(request(0, protocol="command", command=("/bin/sleep", "60")))
        prober.close()
        prober.wake()  # a signal handler may come late
    assert open_files() == before

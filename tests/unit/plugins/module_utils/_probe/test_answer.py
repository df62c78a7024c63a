# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Probe
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.health import Evidence
from ansible_collections.netops.floating_ip.plugins.module_utils._probe.answer import (
    BODY_LIMIT,
    HEAD_LIMIT,
    TOTAL_LIMIT,
    judge,
)

ANY = Probe()
READY = Probe(expect_body="ready")
WHERE = "10.0.1.10:80"


def evidence(received: bytes, settings: Probe = ANY, ended: bool = False) -> Evidence | None:
    verdict = judge(received, ended, settings, WHERE)
    return verdict and verdict.evidence


def chunked(*chunks: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)


def test_nothing_yet_is_no_verdict() -> None:
    assert evidence(b"") is None


def test_a_status_without_its_headers_is_no_verdict() -> None:
    assert evidence(b"HTTP/1.1 200 OK\r\nServer: x\r\n") is None


def test_bare_line_feeds_are_understood() -> None:
    assert evidence(b"HTTP/1.0 204 Fine\nServer: x\n\n") is Evidence.PASSED


def test_interim_answers_are_passed_over() -> None:
    interim = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    assert evidence(interim) is None
    assert evidence(interim + b"HTTP/1.1 200 OK\r\n\r\n") is Evidence.PASSED


def test_endless_interim_answers_are_wrong() -> None:
    interim = b"HTTP/1.1 102 Processing\r\n\r\n"
    assert evidence(interim * 10_000) is None
    assert evidence(interim * (TOTAL_LIMIT // len(interim) + 1)) is Evidence.WRONG


def test_switching_protocols_is_an_answer_like_any_other() -> None:
    assert evidence(b"HTTP/1.1 101 Switching\r\n\r\n") is Evidence.WRONG


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/9 200 OK\r\n\r\n",
        b"HTTP/\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 101 + b"\r\n",
    ],
)
def test_a_malformed_answer_is_wrong(answer: bytes) -> None:
    assert evidence(answer) is Evidence.WRONG


def test_where_the_status_alone_counts_it_is_what_it_is_with_all_the_rest_read() -> None:
    """The short way and the long one: the latter is what a text in the body asks for."""
    for status in (200, 204, 301, 404, 503):
        answer = b"HTTP/1.1 %d Some Words\r\nServer: x\r\n\r\nready" % status
        either = Probe(expect_status=((200, 204), (404, 404)))
        assert evidence(answer, either) is evidence(answer, replace(either, expect_body=""))


def test_endless_headers_are_wrong() -> None:
    assert evidence(b"HTTP/1.1 200 OK\r\nA: " + b"b" * HEAD_LIMIT) is Evidence.WRONG


def test_a_close_in_the_headers_is_wrong() -> None:
    assert evidence(b"HTTP/1.1 200 OK\r\nServer", ended=True) is Evidence.WRONG


def test_a_text_across_two_chunks_is_found() -> None:
    assert evidence(chunked(b"not re", b"ady"), READY) is Evidence.PASSED


def test_a_text_in_a_chunk_that_has_not_ended_is_found() -> None:
    assert evidence(chunked(b"ready" + b"." * 500)[:-300], READY) is Evidence.PASSED


def test_chunks_that_go_on_are_no_verdict() -> None:
    assert evidence(chunked(b"wait"), READY) is None
    assert evidence(chunked(b"wait") + b"5", READY) is None


def test_the_last_chunk_ends_the_search() -> None:
    assert evidence(chunked(b"wait", b""), READY) is Evidence.WRONG


def test_broken_chunks_are_wrong_when_the_server_closes() -> None:
    assert evidence(chunked() + b"xyz\r\nready", READY, ended=True) is Evidence.WRONG


def test_a_body_without_a_length_ends_with_the_connection() -> None:
    body = b"HTTP/1.1 200 OK\r\n\r\nwait"
    assert evidence(body, READY) is None
    assert evidence(body, READY, ended=True) is Evidence.WRONG
    assert evidence(body + b" ready", READY) is Evidence.PASSED


def test_a_body_is_read_up_to_its_length() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    assert evidence(head, READY) is None
    assert evidence(head + b"read", READY) is None
    assert evidence(head + b"ready", READY) is Evidence.PASSED
    assert evidence(head + b"wait ready", READY) is Evidence.WRONG


def test_a_body_of_no_length_is_searched_at_once() -> None:
    assert evidence(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", READY) is Evidence.WRONG
    assert evidence(b"HTTP/1.1 204 OK\r\n\r\n", READY) is Evidence.WRONG


def test_only_the_beginning_of_a_body_is_searched() -> None:
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    assert evidence(head + b"." * (BODY_LIMIT - 1), READY) is None
    assert evidence(head + b"." * BODY_LIMIT + b"ready", READY) is Evidence.WRONG


def test_a_text_beyond_ascii_is_looked_for_in_utf_8() -> None:
    answer = b"HTTP/1.1 200 OK\r\n\r\n" + "prêt".encode()
    assert evidence(answer, Probe(expect_body="prêt")) is Evidence.PASSED


HTTPISH = st.lists(
    st.sampled_from(
        [
            b"HTTP/1.1 ",
            b"200 OK",
            b"100 ",
            b"\r\n",
            b"\n",
            b"\r\n\r\n",
            b"5\r\n",
            b"ready",
            b"0",
            b"Transfer-Encoding: chunked\r\n",
            b"Content-Length: ",
            b"-1\r\n",
            b"\xff",
            b":",
            b" ",
        ]
    )
).map(b"".join)


@given(st.binary() | HTTPISH | HTTPISH.map(lambda text: b"HTTP/1.1 200 OK\r\n" + text))
def test_whatever_comes_is_judged_by_its_end(received: bytes) -> None:
    for settings in (ANY, READY):
        assert evidence(received, settings, ended=True) is not None


@given(HTTPISH.map(lambda text: b"HTTP/1.1 200 OK\r\n" + text), st.data())
def test_a_pass_stays_a_pass_however_much_follows(received: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(received)))
    if evidence(received[:cut], READY) is Evidence.PASSED:
        assert evidence(received, READY) is Evidence.PASSED

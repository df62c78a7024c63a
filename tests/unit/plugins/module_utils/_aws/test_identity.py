# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.identity import (
    Identity,
    identity,
    own_region,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Failure
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fake_metadata import (  # noqa: E501 - the path of a module
    MACS,
    Metadata,
    metadata,
    tree,
)

ENDPOINT = "AWS_EC2_METADATA_SERVICE_ENDPOINT"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Metadata]:
    """The metadata service of an instance with two interfaces, which this test reaches."""
    with metadata(tree("eni-1", "eni-2")) as made:
        monkeypatch.setenv(ENDPOINT, made.url)
        monkeypatch.delenv("AWS_EC2_METADATA_DISABLED", raising=False)
        yield made


def refusal() -> AwsError:
    with pytest.raises(AwsError) as caught:
        identity(0.5)
    return caught.value


def test_an_instance_learns_its_id_its_region_its_partition_and_its_interfaces(
    service: Metadata,
) -> None:
    assert identity() == Identity("i-0a", "eu-west-1", "aws", ("eni-1", "eni-2"))
    assert service.asked[0] == "PUT /latest/api/token"


def test_an_endpoint_may_have_a_slash_or_a_path(
    service: Metadata, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENDPOINT, service.url + "/")
    assert identity().instance_id == "i-0a"
    monkeypatch.setenv(ENDPOINT, service.url + "/elsewhere/")
    refusal()
    assert service.asked[-1] == "PUT /elsewhere/latest/api/token"


def test_an_interface_that_is_being_attached_is_not_counted_yet(service: Metadata) -> None:
    answers = tree("eni-1", "eni-2")
    del answers[f"{MACS}02:00:00:00:00:01/interface-id"]
    service.answers = answers
    assert identity().interfaces == ("eni-1",)


@pytest.mark.parametrize("status", [401, 403, 404, 500, 503])
def test_any_other_answer_is_no_identity_and_says_what_to_do(
    service: Metadata, status: int
) -> None:
    service.status = status
    error = refusal()
    assert (error.failure, error.code) == (Failure.UNSENT, "NoMetadata")
    assert "enable IMDSv2" in str(error) and "--target" in str(error)
    assert service.asked == ["PUT /latest/api/token"]  # and never a question without a token


def test_an_answer_that_is_no_identifier_is_not_believed(service: Metadata) -> None:
    service.answers = {**tree("eni-1"), "instance-id": "<html>a captive portal</html>"}
    assert "captive portal" in str(refusal())


def test_a_service_that_is_not_there_is_given_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv(ENDPOINT, f"http://127.0.0.1:{port}")
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED", raising=False)
    assert f"127.0.0.1:{port}" in str(refusal())


def test_the_time_out_is_for_all_of_its_answers_together(service: Metadata) -> None:
    service.delay = threading.Event()
    before = time.monotonic()
    with pytest.raises(AwsError):
        identity(0.05)
    assert time.monotonic() - before < 0.5
    service.delay.set()


def test_where_it_is_disabled_it_is_not_asked(
    service: Metadata, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert "AWS_EC2_METADATA_DISABLED" in str(refusal())
    assert service.asked == []


def test_a_proxy_is_not_asked(service: Metadata, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert identity().instance_id == "i-0a"


@pytest.mark.parametrize("wrong", ["", "nonsense", "http://[::1", "http://127.0.0.1:99999"])
def test_a_wrong_endpoint_is_an_error_with_a_sentence(
    service: Metadata, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv(ENDPOINT, wrong or "http://")
    assert "enable IMDSv2" in str(refusal())


def test_the_region_alone_is_asked_without_an_error(
    service: Metadata, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_region() == "eu-west-1"
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert own_region() is None

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._aws import session
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.calls import Ec2
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import AwsError
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.session import (
    Connections,
    SessionOptions,
    client_config,
    connect,
    warm,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.model import Aws
from ansible_collections.netops.floating_ip.plugins.module_utils._engine.change import Failure
from ansible_collections.netops.floating_ip.tests.unit.plugins.module_utils._aws.fakes import (
    Client,
    ec2_of,
    refusal,
)

LONDON = Aws(region="eu-west-2")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Credentials, no region, and nothing of the machine that runs the tests."""
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))


def test_a_client_tries_once_and_gives_up_early() -> None:
    config = client_config()
    assert config.retries == {"total_max_attempts": 1}
    assert (config.connect_timeout, config.read_timeout) == (1.0, 2.0)
    assert config.max_pool_connections == 50
    assert config.tcp_keepalive is True


def test_an_older_botocore_does_without_keepalive(monkeypatch: pytest.MonkeyPatch) -> None:
    import botocore.config

    class Old:
        def __init__(self, **settings: Any) -> None:
            if "tcp_keepalive" in settings:
                raise TypeError("Got unexpected keyword argument 'tcp_keepalive'")
            self.settings = settings

    monkeypatch.setattr(botocore.config, "Config", Old)
    assert client_config().settings["connect_timeout"] == 1.0


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SessionOptions:
    """The whole model of EC2 takes long to read."""
    return SessionOptions(model_directory=str(tmp_path_factory.mktemp("models")))


def test_the_definition_names_the_region_and_the_endpoint(small: SessionOptions) -> None:
    ec2 = connect(Aws(region="eu-west-2", endpoint_url="http://127.0.0.1:5000"), small)
    assert ec2.region == "eu-west-2"
    assert ec2.client.meta.endpoint_url == "http://127.0.0.1:5000"


def region_of(aws: Aws, options: SessionOptions | None = None) -> str:
    return session._region(aws, session._session(options or SessionOptions()))


def test_a_directory_for_models_makes_a_small_client(small: SessionOptions) -> None:
    client = connect(LONDON, small).client
    assert hasattr(client, "replace_route")
    assert not hasattr(client, "run_instances")


def test_a_model_that_is_kept_elsewhere_comes_first_and_nothing_is_written(
    small: SessionOptions, tmp_path: Path
) -> None:
    elsewhere = SessionOptions(model_directory=str(tmp_path), kept_models=small.model_directory)
    connect(LONDON, small)
    assert not hasattr(connect(LONDON, elsewhere).client, "run_instances")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_DEFAULT_REGION"])
def test_the_region_falls_back_to_the_environment(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "eu-west-3")
    assert region_of(Aws()) == "eu-west-3"
    assert region_of(Aws(region="eu-west-2")) == "eu-west-2"


def test_the_region_falls_back_to_the_profile(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("[profile work]\nregion = eu-south-1\n")
    assert region_of(Aws(), SessionOptions(profile="work")) == "eu-south-1"


def test_the_region_falls_back_to_that_of_the_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "own_region", lambda: "eu-north-1")
    assert region_of(Aws()) == "eu-north-1"
    assert region_of(Aws(region="eu-west-2")) == "eu-west-2"


def failed(aws: Aws, options: SessionOptions | None = None) -> AwsError:
    with pytest.raises(AwsError) as raised:
        connect(aws, options)
    return raised.value


def test_without_a_region_it_says_where_to_name_one() -> None:
    error = failed(Aws())
    assert error.failure is Failure.INVALID
    assert str(error).startswith("Name the region")


def test_without_credentials_it_may_be_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    error = failed(LONDON)
    assert error.failure is Failure.UNSENT
    assert "instance profile" in str(error)


def test_half_of_the_credentials_are_a_denial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert failed(LONDON).failure is Failure.DENIED


def test_a_profile_that_is_not_there_is_named() -> None:
    error = failed(LONDON, SessionOptions(profile="nobody"))
    assert error.failure is Failure.DENIED
    assert "nobody" in str(error)


def test_a_region_that_cannot_be_one_is_refused() -> None:
    assert failed(Aws(region="not a region!")).failure is Failure.INVALID


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "botocore.session", None)
    error = failed(LONDON)
    assert str(error).startswith("Install botocore")
    assert error.failure is Failure.INVALID


@pytest.mark.parametrize(
    ("endpoint_url", "sts"),
    [
        (None, None),
        ("https://vpce-1.ec2.eu-west-2.vpce.amazonaws.com", None),
        ("https://ec2.cn-north-1.amazonaws.com.cn", None),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
    ],
)
def test_an_endpoint_of_ec2_is_not_the_one_of_sts(
    endpoint_url: str | None, sts: str | None
) -> None:
    options = session.sts_options(Aws("eu-west-2", endpoint_url=endpoint_url), SessionOptions())
    assert options["endpoint_url"] == sts


def test_the_endpoint_of_sts_may_stand_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:6000")
    options = session.sts_options(Aws(endpoint_url="http://127.0.0.1:5000"), SessionOptions())
    assert options["endpoint_url"] is None


def test_a_session_is_named_after_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "db a/ü" + 80 * "x")
    name = session.session_name()
    assert name.startswith("floating-ip-db-a--x")
    assert len(name) == 64


def test_to_warm_is_a_read_that_finds_nothing() -> None:
    client = Client(describe_network_interfaces=[{"NetworkInterfaces": []}])
    warm(ec2_of(client), connections=3)
    nobody = [{"Name": "network-interface-id", "Values": ["eni-00000000000000000"]}]
    assert (
        client.calls == [("describe_network_interfaces", {"Filters": nobody, "MaxResults": 5})] * 3
    )


def test_to_warm_without_the_right_fails() -> None:
    with pytest.raises(AwsError, match="Allow ec2:"):
        warm(
            ec2_of(
                Client(describe_network_interfaces=[refusal("UnauthorizedOperation", status=403)])
            )
        )


class Factory:
    """Makes an `Ec2` for each place, and fails as often as it is told."""

    def __init__(self, failures: int = 0) -> None:
        self.made: list[Aws] = []
        self._failures = failures

    def __call__(self, aws: Aws) -> Ec2:
        self.made.append(aws)
        if len(self.made) <= self._failures:
            raise AwsError(Failure.UNSENT, "X", "Connect", "Later.")
        return ec2_of(Client())


def test_one_place_is_connected_to_once() -> None:
    factory = Factory()
    connections = Connections(factory)
    assert connections.ec2(Aws("eu-west-1")) is connections.ec2(Aws("eu-west-1"))
    assert len(factory.made) == 1


def test_a_place_with_two_names_has_one_pacer() -> None:
    connections = Connections(Factory())
    assert connections.ec2(Aws("eu-west-1")) is connections.ec2(Aws())


def test_another_role_or_endpoint_is_another_place() -> None:
    connections = Connections(Factory())
    plain = connections.ec2(Aws("eu-west-1"))
    assert connections.ec2(Aws("eu-west-1", role_arn="arn")) is not plain
    assert connections.ec2(Aws("eu-west-1", endpoint_url="http://x")) is not plain


def test_a_connection_that_failed_is_made_anew() -> None:
    connections = Connections(Factory(failures=1))
    with pytest.raises(AwsError):
        connections.ec2(Aws())
    assert connections.ec2(Aws()).region == "eu-west-1"

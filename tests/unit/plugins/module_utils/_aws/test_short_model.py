# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.loaders import Loader
from botocore.regions import EndpointResolver

from ansible_collections.netops.floating_ip.plugins.module_utils import _aws
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.errors import api_name
from ansible_collections.netops.floating_ip.plugins.module_utils._aws.short_model import (
    OPERATIONS,
    forget_short_models,
    kept_short_model,
    short_model,
    shortened,
)


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """The whole model takes long to read; each test here would read it again."""
    read, first = Loader.load_service_model, Loader()

    def load(loader: Loader, *given: str, **version: Any) -> Any:
        same = loader.search_paths == first.search_paths
        return read(first if same else loader, *given, **version)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Loader, "load_service_model", load)
        yield


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("models")
    assert short_model(str(made))
    return made


def client_of(directory: Path) -> Any:
    session: Any = botocore.session.Session()
    session.set_config_variable("data_path", short_model(str(directory)))
    return session.create_client(
        "ec2", region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b"
    )


def test_a_client_of_the_short_model_makes_our_calls_and_no_others(directory: Path) -> None:
    client = client_of(directory)
    made = {name for name in dir(client) if api_name(name) in OPERATIONS}
    assert {api_name(name) for name in made} == set(OPERATIONS)
    assert not hasattr(client, "run_instances")
    assert client.meta.endpoint_url == "https://ec2.eu-west-1.amazonaws.com"


def test_the_short_model_knows_every_shape_of_our_calls(directory: Path) -> None:
    model = client_of(directory).meta.service_model
    for name in OPERATIONS:
        operation = model.operation_model(name)
        assert operation.input_shape is not None
        assert operation.output_shape is None or operation.output_shape.members


def test_every_call_that_this_layer_makes_is_in_the_short_model() -> None:
    (folder,) = _aws.__path__
    texts = [path.read_text() for path in Path(folder).glob("*.py") if path.stem != "short_model"]
    verbs = r'"((?:describe|create|delete|replace|assign|unassign|modify|start|stop)_[a-z_0-9]+)"'
    called = {api_name(name) for text in texts for name in re.findall(verbs, text)}
    assert "ReplaceRoute" in called
    assert called <= OPERATIONS


@pytest.mark.parametrize("broken", ["", "{", "[]", "{}", '{"operations": {"CreateRoute": {}}}'])
def test_a_short_model_that_is_broken_or_too_short_is_made_again(
    directory: Path, broken: str
) -> None:
    (file,) = directory.rglob("service-2.json")
    (endpoints,) = directory.rglob("endpoints.json")
    for part in (file, endpoints) if broken == "{" else (file,):
        whole = part.read_text()
        part.write_text(broken)
        assert short_model(str(directory))
        assert part.read_text() == whole
    files = {path for path in directory.rglob("*") if path.is_file()}
    assert files == {file, endpoints}


@pytest.mark.parametrize("service", ["ec2", "sts"])
@pytest.mark.parametrize(
    "region", ["eu-west-1", "us-east-1", "us-gov-west-1", "cn-north-1", "eu-x-9"]
)
def test_endpoints_are_those_of_the_whole_list(directory: Path, service: str, region: str) -> None:
    def endpoint(path: str | None) -> Any:
        endpoints = Loader([path] if path else None).load_data("endpoints")
        return EndpointResolver(endpoints).construct_endpoint(service, region)

    short = endpoint(kept_short_model(str(directory)))
    assert short["hostname"].startswith(service) and short == endpoint(None)


def test_where_it_cannot_be_kept_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert short_model(str(tmp_path / "file")) is None


def test_what_is_kept_there_is_found_but_not_made(tmp_path: Path) -> None:
    assert kept_short_model(str(tmp_path)) is None
    assert list(tmp_path.iterdir()) == []
    made = short_model(str(tmp_path))
    assert made is not None and kept_short_model(str(tmp_path)) == made


@pytest.mark.parametrize(
    "part", ["botocore-*", "**/ec2", "**/ec2/*", "**/service-2.json", "**/endpoints.json"]
)
def test_a_short_model_that_others_may_write_is_not_believed(directory: Path, part: str) -> None:
    (path,) = directory.glob(part)
    mode = path.stat().st_mode
    path.chmod(mode | 0o020)
    try:
        assert kept_short_model(str(directory)) is None
    finally:
        path.chmod(mode)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_root_neither_believes_nor_writes_in_another_user_s_directory(tmp_path: Path) -> None:
    made = short_model(str(tmp_path))
    assert made is not None
    for path in (tmp_path, *tmp_path.rglob("*")):
        os.chown(path, 65534, 65534)
    assert short_model(str(tmp_path)) is None
    before = sorted(tmp_path.rglob("*"))
    forget_short_models(str(tmp_path))
    assert short_model(str(tmp_path)) is None
    assert before and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("umask", [0, 0o077])
def test_everybody_may_read_it_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        short_model(str(tmp_path))
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes == {0o755, 0o644} and kept_short_model(str(tmp_path)) is not None


def test_only_shapes_that_are_reached_are_kept() -> None:
    model = {
        "metadata": {"apiVersion": "1"},
        "operations": {
            "A": {"input": {"shape": "AIn"}, "errors": []},
            "B": {"input": {"shape": "X"}},
        },
        "shapes": {
            "AIn": {
                "type": "structure",
                "members": {"Self": {"shape": "AIn"}, "L": {"shape": "L"}},
            },
            "L": {"type": "list", "member": {"shape": "S"}},
            "S": {"type": "string"},
            "X": {"type": "string"},
        },
    }
    short = shortened(model, ["A"])
    assert set(short["operations"]) == {"A"}
    assert set(short["shapes"]) == {"AIn", "L", "S"}
    assert short["metadata"] == {"apiVersion": "1"}

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Run a module that talks to AWS: options and credentials as every amazon.aws module takes them.

The connection is ours all the same: one attempt a call, short time-outs, retries inside a deadline.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, Optional

from ansible_collections.amazon.aws.plugins.module_utils.botocore import (
    boto3_conn,
    get_aws_connection_info,
)
from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

from .._aws.calls import Ec2
from .._aws.role import role_credentials
from .._aws.session import (
    Connections,
    SessionOptions,
    client_config,
    from_client,
    session_name,
    sts_options,
)
from .._aws.signing import ClockOffset
from .._definition.model import Aws
from .._operations.edge import Edge
from .answer import Answer, Refused
from .plain import finish


def run(
    work: Callable[[Any, Edge], Answer], argument_spec: Mapping[str, Any], **rules: Any
) -> None:
    """Do a module's work; it is handed the module and AWS as the module's options reach it."""
    module = AnsibleAWSModule(argument_spec=dict(argument_spec), supports_check_mode=True, **rules)
    finish(module, lambda: work(module, edge_of(module.params)))


def edge_of(params: Mapping[str, Any]) -> Edge:
    """AWS by these options. A definition's own region, endpoint and role go before them."""
    return Edge(Connections(lambda aws: connect(aws, params)).ec2)


def connect(aws: Aws, params: Mapping[str, Any]) -> Ec2:
    """An `Ec2` on a client that amazon.aws makes. Raises Refused, or AwsError for the role."""
    asker = _Asker(params)
    region, endpoint, credentials = get_aws_connection_info(asker)
    place = {"region": aws.region or region, "endpoint": aws.endpoint_url or endpoint or None}
    if not place["region"]:
        raise Refused(
            "Name the region: aws.region in the definition, the option region, or AWS_REGION in "
            "the environment."
        )
    settings = {**credentials, **place, "config": _config(credentials.pop("aws_config", None))}
    if aws.role_arn:
        settings.update(_of_role(aws, asker, settings))
    return from_client(boto3_conn(asker, "client", "ec2", **settings))


@dataclass(frozen=True)
class _Asker:
    """What amazon.aws takes for a module: its complaints become sentences of ours."""

    params: Mapping[str, Any]
    _name: str = "netops.floating_ip"

    def fail_json(self, msg: str, **_more: Any) -> NoReturn:
        raise Refused(f"{msg.rstrip('.')}: correct the connection options or the environment.")


def _config(given: Optional[Any]) -> Any:
    """The user's botocore settings, under those that deadlines count on."""
    return client_config() if given is None else given.merge(client_config())


def _of_role(aws: Aws, asker: _Asker, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The credentials of the definition's role, for as long as any module runs."""
    there = sts_options(Aws(endpoint_url=settings["endpoint"]), SessionOptions())
    settings = {**settings, "endpoint": there["endpoint_url"]}
    sts = boto3_conn(asker, "client", "sts", **settings)
    offset = ClockOffset(time.time)
    offset.attach(sts)
    made = role_credentials(sts, str(aws.role_arn), session_name(), offset).get_frozen_credentials()
    return {
        "aws_access_key_id": made.access_key,
        "aws_secret_access_key": made.secret_key,
        "aws_session_token": made.token,
        "profile_name": None,
    }

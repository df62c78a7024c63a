# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ministack in its enforcing mode: users with one policy each, and whether a call is let through.

Its EC2 is none of ours: whatever it answers but "not authorized" means that IAM let the call pass.
"""

from __future__ import annotations

import itertools
import json
import os
import pathlib
import socket
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ansible_collections.netops.floating_ip.tests.integration.iam.judge import ACCOUNT

FOLDER = pathlib.Path(__file__).resolve().parents[3] / ".cache" / "ministack"
DENIED = ("UnauthorizedOperation", "AccessDenied")


@dataclass
class Iam:
    url: str
    _numbers: Any = field(default_factory=itertools.count)

    def client(self, service: str, key: str = ACCOUNT, secret: str = "none") -> Any:
        """A client; by default of the account's root, whose key is the account's number."""
        from botocore.config import Config

        once = Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=10)
        return self._session.client(
            service,
            endpoint_url=self.url,
            config=once,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
        )

    @cached_property
    def _session(self) -> Any:
        """One for all clients: each after the first then takes milliseconds."""
        import boto3

        return boto3.session.Session(region_name="eu-west-1")

    def answers(self) -> bool:
        host, _colon, port = self.url.removeprefix("http://").partition(":")
        try:
            socket.create_connection((host, int(port)), 1).close()
        except OSError:
            return False
        return True

    def user(self, policy: Mapping[str, Any]) -> User:
        """A user who may do what this policy says."""
        root, name = self.client("iam"), f"user-{next(self._numbers)}"
        arn = root.create_user(UserName=name)["User"]["Arn"]
        made = root.create_access_key(UserName=name)["AccessKey"]
        document = json.dumps(policy)
        root.put_user_policy(UserName=name, PolicyName="floating-ip", PolicyDocument=document)
        return User(self, arn, made["AccessKeyId"], made["SecretAccessKey"])


@dataclass(frozen=True)
class User:
    iam: Iam
    arn: str
    key: str
    secret: str

    def may(self, service: str, operation: str, **params: Any) -> bool:
        """Whether IAM lets this call of a boto3 client through."""
        from botocore.exceptions import ClientError

        try:
            getattr(self.iam.client(service, self.key, self.secret), operation)(**params)
        except ClientError as error:
            return error.response["Error"]["Code"] not in DENIED
        return True

    def simulated(self, action: str, resource: str) -> str:
        """What IAM's own simulator says: allowed, implicitDeny ..."""
        found = self.iam.client("iam").simulate_principal_policy(
            PolicySourceArn=self.arn, ActionNames=[action], ResourceArns=[resource]
        )
        return str(found["EvaluationResults"][0]["EvalDecision"])


def start(python: str, home: pathlib.Path) -> tuple[subprocess.Popen[bytes], Iam]:
    """The process, which may not answer yet. Only loopback, and only what is needed."""
    assert (FOLDER / "ministack").is_dir(), "ministack is not installed: ./dev setup"
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PYTHONPATH": str(FOLDER),
        "PYTHONPYCACHEPREFIX": str(FOLDER / "compiled"),
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "SERVICES": "iam,sts,ec2",
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
    }
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [python, "-m", "ministack"], env=environment, cwd=home, stdout=log, stderr=log
        )
    return process, Iam(f"http://127.0.0.1:{port}")

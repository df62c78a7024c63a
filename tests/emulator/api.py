# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""EC2's API called from within: a botocore client whose requests never leave the process."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.session import Session
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from .call import Request
from .moto_app import wsgi_answer

_APP = DomainDispatcherApplication(create_backend_app)


class _Raw(io.BytesIO):
    def stream(self, **_options: Any) -> Any:
        yield self.read()


@lru_cache(maxsize=16)
def client(account: str, region: str) -> Any:
    """An EC2 client of that account and Region."""
    session = Session()
    session.set_credentials("testing", "testing")
    made: Any = session.create_client("ec2", region_name=region, endpoint_url="http://127.0.0.1:9")

    def send(request: Any, **_more: Any) -> AWSResponse:
        headers = {name.lower(): _text(value) for name, value in request.headers.items()}
        headers["x-moto-account-id"] = account
        body = request.body if isinstance(request.body, bytes) else str(request.body or "").encode()
        reply = wsgi_answer(_APP, Request(request.method, "/", "", headers, body))
        kept: Any = dict(reply.headers)
        return AWSResponse(request.url, reply.status, kept, _Raw(reply.body))

    made.meta.events.register("before-send.ec2", send)
    return made


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""moto's server application, called in this process."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from moto.ec2.models import ec2_backends
from moto.iam.models import get_account_id_from
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.test import run_wsgi_app

from .call import Call, Reply, Request

_OURS = ("date", "server", "content-length", "connection")


class Moto:
    def __init__(self) -> None:
        self._app = DomainDispatcherApplication(create_backend_app)

    def answer(self, request: Request) -> Reply:
        """moto's reply. Exceptions of moto come through: the gateway turns them into an error
        reply.
        """
        return wsgi_answer(self._app, request)

    @staticmethod
    def account(call: Call) -> str:
        return str(get_account_id_from(call.access_key))

    @staticmethod
    def backend(account: str, region: str) -> Any:
        """moto's EC2 of an account and Region; its default VPC is made when first asked for."""
        return ec2_backends[account][region]

    @staticmethod
    def forget_tags(backend: Any, ids: Iterable[str]) -> None:
        """The tags of a deleted resource go with it; an instance is terminated first, and keeps
        them.
        """
        for each in ids:
            if not each.startswith("i-"):
                backend.tags.pop(each, None)

    @staticmethod
    def reset() -> None:
        BackendDict.reset()
        reset_model_data()


def wsgi_answer(app: Any, request: Request) -> Reply:
    body, status, headers = run_wsgi_app(app, _environ(request), buffered=True)
    kept = tuple((name, value) for name, value in headers if name.lower() not in _OURS)
    return Reply(int(status.split()[0]), kept, b"".join(body))


def _environ(request: Request) -> dict[str, Any]:
    host = request.headers.get("host", "127.0.0.1")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": request.path,
        "RAW_URI": f"{request.path}?{request.query}" if request.query else request.path,
        "QUERY_STRING": request.query,
        "SERVER_NAME": host.rsplit(":", 1)[0],
        "SERVER_PORT": host.rsplit(":", 1)[-1] if ":" in host else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(request.body)),
        "CONTENT_TYPE": request.headers.get("content-type", ""),
    }
    for name, value in request.headers.items():
        if name not in ("content-type", "content-length", "transfer-encoding"):
            environ["HTTP_" + name.upper().replace("-", "_")] = value
    return environ

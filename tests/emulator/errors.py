# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Error replies in the form of each AWS protocol, for errors that moto never gets to see."""

from __future__ import annotations

import json
import re
import uuid
from typing import Optional
from xml.sax.saxutils import escape

from .call import Call, Reply

_CODE = re.compile(rb"<Code>([^<]+)</Code>")
_TYPE = re.compile(rb'"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"')
_EC2 = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>{code}</Code>'
    "<Message>{message}</Message></Error></Errors><RequestID>{id}</RequestID></Response>"
)
_QUERY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ErrorResponse><Error><Type>{fault}</Type>'
    "<Code>{code}</Code><Message>{message}</Message></Error><RequestId>{id}</RequestId></ErrorResponse>"
)


def error_reply(call: Call, code: str, message: str, status: int = 400) -> Reply:
    """The reply that this call's service would give for the error."""
    if call.service in _JSON_SERVICES:
        body = json.dumps({"__type": code, "message": message})
        return Reply(status, (("Content-Type", "application/x-amz-json-1.0"),), body.encode())
    form = _EC2 if call.service == "ec2" else _QUERY
    body = form.format(
        code=escape(code),
        message=escape(message),
        id=uuid.uuid4(),
        fault="Receiver" if status >= 500 else "Sender",
    )
    return Reply(status, (("Content-Type", "text/xml;charset=UTF-8"),), body.encode())


def throttled(call: Call) -> Reply:
    """https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html:
    RequestLimitExceeded, 503.
    """
    if call.service == "ec2":
        return error_reply(call, "RequestLimitExceeded", "Request limit exceeded.", 503)
    return error_reply(call, "ThrottlingException", "Rate exceeded", 400)


def error_code(reply: Reply) -> Optional[str]:
    """The AWS error code in a reply, or None if it is no error."""
    if reply.status < 400:
        return None
    found = _CODE.search(reply.body) or _TYPE.search(reply.body)
    return found.group(1).decode() if found else f"HTTP {reply.status}"


_JSON_SERVICES = frozenset(
    {"dynamodb", "ssm", "events", "logs", "states", "sqs", "kms", "secretsmanager"}
)

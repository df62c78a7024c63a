# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""What texts must look like: the forms that the schema's keys name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import urlsplit

from .addresses import canonical_address, ip_of
from .error import Wrong, shown


@dataclass(frozen=True)
class Form:
    """`meaning` completes the sentence "must be …". `read` makes the value or raises Wrong."""

    meaning: str
    pattern: Optional[str] = None  # of the whole text, in the syntax that Python and JSON share
    read: Optional[Callable[[str], Any]] = None


def read_text(form: Form, text: str) -> Any:
    """The value of a text of this form; Wrong if it does not look like it."""
    if form.pattern is not None and not re.fullmatch(form.pattern, text):
        raise Wrong(f"must be {form.meaning}, not {shown(text)}.")
    return form.read(text) if form.read else text


def _read_name(text: str) -> str:
    if text.lower() == "all":
        raise Wrong("cannot be 'all', the word that selects every floating IP: rename it.")
    return text


def _read_host(text: str) -> str:
    ip = ip_of(text)
    if ip is not None:
        return str(ip)
    if re.fullmatch(r"(i|eni)-[0-9a-f]{8,17}", text):
        raise Wrong(f"must be an address or a host name, not the AWS id {text}.")
    labels = text.rstrip(".").split(".")
    is_name = all(re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?", x) for x in labels)
    if not is_name or labels[-1].isdigit() or len(text) > 253:
        raise Wrong(f"must be an IP address or a host name, not {shown(text)}.")
    return text


def _read_status(text: str) -> tuple[int, int]:
    first, last = text.partition("-")[::2]
    low, high = int(first), int(last or first)
    if not 100 <= low <= high <= 599:
        raise Wrong(f"must lie in 100-599 with the lower number first, not {shown(text)}.")
    return low, high


def _read_endpoint(text: str) -> tuple[str, int]:
    host, port = text.rpartition(":")[::2]
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise Wrong(f"must have its IPv6 address in brackets: write '[{host}]:{port}'.")
    if not 1 <= int(port) <= 65535:
        raise Wrong(f"must have a port from 1 to 65535, not {port}.")
    return _read_host(host), int(port)


def _read_url(text: str) -> str:
    try:
        url = urlsplit(text)
        is_url = url.scheme in ("http", "https") and bool(url.hostname) and url.port != 0
    except ValueError:
        is_url = False
    if "@" in text:  # and do not show it: there may be a password in it
        raise Wrong("must not hold a user name or a password: remove all up to the @.")
    if not is_url:
        raise Wrong(f"must be an http or https URL, not {shown(text)}.")
    return text


def _id(prefix: str, what: str) -> Form:
    return Form(f"the id of {what}, such as {prefix}-0a1b2c3d", rf"{prefix}-[0-9A-Za-z-]+")


_NO_CONTROL = r"[^\u0000-\u001f\u007f]*"

FORMS: Mapping[str, Form] = {
    "text": Form("a text without control characters", _NO_CONTROL),
    "name": Form(
        "1 to 32 letters, digits and dashes, the first no dash",
        r"[A-Za-z0-9][A-Za-z0-9-]{0,31}",
        _read_name,
    ),
    "target": Form(
        "a name of letters, digits and ._:@+- (it is an inventory host)",
        r"[A-Za-z0-9_][A-Za-z0-9._:@+-]{0,252}",
    ),
    "address": Form("an IPv4 or IPv6 address", read=canonical_address),
    "host": Form("an IP address or a host name", read=_read_host),
    "region": Form("an AWS Region, such as eu-west-1", r"[a-z]{2,}(-[a-z]+)+-[0-9]+"),
    "role": Form(
        "the ARN of a role, such as arn:aws:iam::123456789012:role/floating-ip",
        r"arn:aws[a-z-]*:iam::[0-9]{12}:role/[!-~]+",
    ),
    "url": Form("an http or https URL", read=_read_url),
    "route_table": _id("rtb", "a route table"),
    "subnet": _id("subnet", "a subnet"),
    "vpc": _id("vpc", "a VPC"),
    "interface": _id("eni", "a network interface"),
    "instance": _id("i", "an instance"),
    "path": Form("a path that begins with / and holds no space", r"/[!-~]*"),
    "status": Form(
        "an HTTP status or a range of them, such as 200 or 200-299",
        r"[0-9]{3}(-[0-9]{3})?",
        _read_status,
    ),
    "endpoint": Form("HOST:PORT, such as 10.0.0.2:443", r"[^\s]+:[0-9]{1,5}", _read_endpoint),
    "argument": Form("a text without a zero byte", r"[^\u0000]*"),
}

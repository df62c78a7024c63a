# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Contexts and pauses as JSON documents, version 1."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast

from .._engine.context import Context, Pause
from .._engine.context_json import from_json, to_json
from .document import Unusable

VERSION = 1


def context_bytes(context: Context) -> bytes:
    return _bytes(to_json(context))


def context_of(data: bytes) -> Context:
    """The context in a document; raises Unusable."""
    try:
        return from_json(_body(data))
    except ValueError as error:
        raise Unusable(f"holds no context: {error}") from error


def pause_bytes(pause: Pause) -> bytes:
    return _bytes({"version": VERSION, **asdict(pause)})


def pause_of(data: bytes) -> Pause:
    """The pause in a document; raises Unusable."""
    body = _body(data)
    texts = [body.get(key) for key in ("by", "reason", "time")]
    if not all(isinstance(text, str) for text in texts):
        raise Unusable("lacks who paused, why or when")
    return Pause(*cast("list[str]", texts))


def explained(error: OSError) -> str:
    """An OSError of the store's directory, with what to do."""
    advice = {
        errno.ENOSPC: "free some space there",
        errno.EDQUOT: "raise the quota or free some space",
        errno.EROFS: "mount it writable",
        errno.EACCES: "give the directory to the user of the agent",
        errno.EPERM: "give the directory to the user of the agent",
        errno.ENOENT: "make the directory",
    }.get(error.errno or 0, "check the disk and the kernel's log")
    return f"{os.strerror(error.errno) if error.errno else error}; {advice}"


def _bytes(body: Mapping[str, Any]) -> bytes:
    return (json.dumps(body, indent=1, sort_keys=True) + "\n").encode()


def _body(data: bytes) -> dict[str, Any]:
    if not data.strip():
        raise Unusable("is empty")
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unusable(f"is no JSON: {error}") from error
    if not isinstance(document, dict) or "version" not in document:
        raise Unusable("names no version")
    if document["version"] != VERSION:
        raise Unusable(
            f"has version {document['version']!r}, and this agent reads version {VERSION} only"
        )
    return document

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Here: who this host is, and which target of a definition."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Optional

from .._aws.errors import AwsError
from .._aws.identity import Identity, identity
from .._definition.model import FloatingIp
from .._store import document
from .._store.clock import boot_id

REMEMBERED = ".identity"  # in the context directory; no floating IP has a dot in its name


def target_of(definition: FloatingIp, identity: Identity) -> Optional[str]:
    """The target with one of our interfaces, or with our instance id; None: we are none of them.

    A target's interface counts more than its instance: an interface may have been moved here.
    """
    for target in definition.targets:
        if target.network_interface_id in identity.interfaces:
            return target.name
    for target in definition.targets:
        if target.instance_id == identity.instance_id:
            return target.name
    return None


def placed(definition: FloatingIp, identity: Identity) -> FloatingIp:
    """The definition in this instance's region, where it names none of its own."""
    if definition.aws.region is not None:
        return definition
    return replace(definition, aws=replace(definition.aws, region=identity.region))


def identify(directory: Optional[str] = None, timeout: float = 1.0) -> Identity:
    """Who this host is: what the metadata service says, else what it last said in this boot.

    `directory`: the context directory, where its answer is remembered. Raises `AwsError` where
    neither is known. A host's identity does not change within a boot; its interfaces may.
    """
    try:
        found = identity(timeout)
    except AwsError:
        known = remembered(directory) if directory is not None else None
        if known is None:
            raise
        return known
    if directory is not None and remembered(directory) != found:
        remember(directory, found)
    return found


def remembered(directory: str, boot: Optional[str] = None) -> Optional[Identity]:
    """What the metadata service last said in this boot; None where nothing is known.

    `boot`: this boot's id, where the caller knows it.
    """
    this = boot_id() if boot is None else boot
    try:
        kept = json.loads(document.read(os.path.join(directory, REMEMBERED)).data)
        if kept.pop("boot_id") != this or not this:
            return None
        return Identity(**{**kept, "interfaces": tuple(map(str, kept["interfaces"]))})
    except (OSError, ValueError, TypeError, KeyError, AttributeError, document.Unusable):
        return None


def remember(directory: str, found: Identity, boot: Optional[str] = None) -> None:
    """As a convenience: where it cannot be written the service is asked again, as it always is."""
    path = os.path.join(directory, REMEMBERED)
    this = boot_id() if boot is None else boot
    data = json.dumps({"boot_id": this, **asdict(found)}, sort_keys=True)
    with suppress(OSError):
        document.write(path, (data + "\n").encode(), f"{path}.new-{os.getpid()}")

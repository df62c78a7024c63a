# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A short copy of botocore's model of EC2: the calls we make instead of all 700.

A long-running process saves 16 MB and a third of its start by it. It is made from the installed
botocore, kept beside its version, and found by botocore's own search path for models; where it
cannot be kept, the whole model serves as well.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Optional

OPERATIONS = frozenset(
    (
        "AssignIpv6Addresses",
        "AssignPrivateIpAddresses",
        "AssociateAddress",
        "AttachNetworkInterface",
        "CreateRoute",
        "CreateTags",
        "DeleteRoute",
        "DeleteTags",
        "DescribeAddresses",
        "DescribeInstances",
        "DescribeNetworkInterfaces",
        "DescribeRouteTables",
        "DescribeSubnets",
        "DescribeVpcs",
        "DetachNetworkInterface",
        "DisassociateAddress",
        "ModifyNetworkInterfaceAttribute",
        "ReplaceRoute",
        "UnassignIpv6Addresses",
        "UnassignPrivateIpAddresses",
    )
)


def short_model(directory: str) -> Optional[str]:
    """A search path that leads botocore to the short model; made now if need be. None: no such."""
    import botocore  # noqa: PLC0415 - loaded late on purpose: see session.py
    from botocore.loaders import Loader  # noqa: PLC0415 - as above

    loader = Loader()
    version = loader.determine_latest_version("ec2", "service-2")
    root = Path(directory, f"botocore-{botocore.__version__}")
    file = root / "ec2" / version / "service-2.json"
    if _is_whole(file):
        return str(root)
    model = shortened(loader.load_service_model("ec2", "service-2"))
    return str(root) if _write(file, model) else None


def shortened(model: Mapping[str, Any], operations: Iterable[str] = OPERATIONS) -> dict[str, Any]:
    """A service's model with only these operations and the shapes that they reach."""
    kept = {name: model["operations"][name] for name in sorted(operations)}
    shapes: dict[str, Any] = {}
    new = _shapes_in(kept)
    while new:
        shapes.update({name: model["shapes"][name] for name in new})
        new = _shapes_in([shapes[name] for name in new]) - shapes.keys()
    return {**model, "operations": kept, "shapes": shapes}


def _shapes_in(node: Any) -> set[str]:
    """The names of the shapes that a part of a model refers to."""
    if not isinstance(node, (dict, list)):
        return set()
    parts = list(node.values()) if isinstance(node, dict) else node
    found: set[str] = set().union(*(_shapes_in(part) for part in parts))
    name = node.get("shape") if isinstance(node, dict) else None
    return found | {name} if isinstance(name, str) else found


def _is_whole(file: Path) -> bool:
    """Whether it can be read, and was made for at least the operations of today."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))["operations"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return OPERATIONS.issubset(found)


def _write(file: Path, model: Mapping[str, Any]) -> bool:
    """Beside, then renamed: another process sees all of it or nothing. False: nothing is kept."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(model), encoding="utf-8")
        beside.replace(file)
    except OSError:
        return False
    return True

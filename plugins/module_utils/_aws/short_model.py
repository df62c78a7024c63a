# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""A short copy of botocore's model of EC2: the calls we make instead of all 700.

A long-running process saves 16 MB and a third of its start by it, and 6 MB more by the endpoints
of our services instead of all 300. It is made from the installed botocore, kept beside its version,
and found by botocore's own search path for models; where it cannot be kept, the whole model serves
as well.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Optional

ENDPOINTS = "endpoints.json"
# The services that clients are made of: ours, and those that credentials may come from.
SERVICES = ("ec2", "sts", "portal.sso", "oidc")
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER = 0o755
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
        "StartInstances",
        "StopInstances",
        "UnassignIpv6Addresses",
        "UnassignPrivateIpAddresses",
    )
)


def short_model(directory: str) -> Optional[str]:
    """A search path that leads botocore to the short model; made now if need be. None: no such.

    It is made only in a directory of this user's own: root writes nothing where an unprivileged
    service may have laid a trap, and reads nothing that such a service wrote.
    """
    found = kept_short_model(directory)
    if found is not None or not _is_own(directory):
        return found
    from botocore.loaders import Loader  # noqa: PLC0415 - loaded late on purpose: see session.py

    loader = Loader()
    root, file = _places(directory)
    folders = list(reversed(file.parents[:3]))
    endpoints = endpoints_of(loader.load_data("endpoints"))
    model = shortened(loader.load_service_model("ec2", "service-2"))
    is_kept = _write(root / ENDPOINTS, endpoints, folders) and _write(file, model, folders)
    return str(root) if is_kept else None


def kept_short_model(directory: str) -> Optional[str]:
    """The same, if it is there already. Only what this user or root has written is believed."""
    root, file = _places(directory)
    endpoints = root / ENDPOINTS
    if not all(_is_trusted(one) for one in (root, endpoints, root / "ec2", file.parent, file)):
        return None
    has_all = OPERATIONS.issubset(_keys(file, "operations")) and _keys(endpoints, "partitions")
    return str(root) if has_all else None


def forget_short_models(directory: str) -> bool:
    """Remove those of every version of botocore. False: there was none. Raises OSError."""
    found = list(Path(directory).glob("botocore-*/ec2/*/service-2.json"))
    for file in found:
        file.unlink()
        (file.parents[2] / ENDPOINTS).unlink(missing_ok=True)
        for folder in file.parents[:3]:
            folder.rmdir()
    return bool(found)


def _places(directory: str) -> tuple[Path, Path]:
    """The search path in the directory, and the file of the model in that."""
    import botocore  # noqa: PLC0415 - as above
    from botocore.loaders import Loader  # noqa: PLC0415 - as above

    version = Loader().determine_latest_version("ec2", "service-2")
    root = Path(directory, f"botocore-{botocore.__version__}")
    return root, root / "ec2" / version / "service-2.json"


def shortened(model: Mapping[str, Any], operations: Iterable[str] = OPERATIONS) -> dict[str, Any]:
    """A service's model with only these operations and the shapes that they reach."""
    kept = {name: model["operations"][name] for name in sorted(operations)}
    shapes: dict[str, Any] = {}
    new = _shapes_in(kept)
    while new:
        shapes.update({name: model["shapes"][name] for name in new})
        new = _shapes_in([shapes[name] for name in new]) - shapes.keys()
    return {**model, "operations": kept, "shapes": shapes}


def endpoints_of(
    endpoints: Mapping[str, Any], services: Iterable[str] = SERVICES
) -> dict[str, Any]:
    """botocore's list of endpoints, with every partition and Region, for these services alone."""
    kept = frozenset(services)
    partitions = [
        {**one, "services": {name: said for name, said in one["services"].items() if name in kept}}
        for one in endpoints["partitions"]
    ]
    return {**endpoints, "partitions": partitions}


def _shapes_in(node: Any) -> set[str]:
    """The names of the shapes that a part of a model refers to."""
    if not isinstance(node, (dict, list)):
        return set()
    parts = list(node.values()) if isinstance(node, dict) else node
    found: set[str] = set().union(*(_shapes_in(part) for part in parts))
    name = node.get("shape") if isinstance(node, dict) else None
    return found | {name} if isinstance(name, str) else found


def _is_own(directory: str) -> bool:
    try:
        return os.stat(directory).st_uid == os.geteuid()
    except OSError:
        return False


def _is_trusted(path: Path) -> bool:
    """Whether nobody but this user and root can have written it."""
    try:
        found = path.lstat()
    except OSError:
        return False
    is_plain = stat.S_ISDIR(found.st_mode) or stat.S_ISREG(found.st_mode)
    return is_plain and found.st_uid in (0, os.geteuid()) and not found.st_mode & 0o022


def _keys(file: Path, name: str) -> Collection[Any]:
    """What is listed there under this name; nothing where it cannot be read."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))[name]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return found if isinstance(found, (dict, list)) else ()


def _write(file: Path, model: Mapping[str, Any], folders: Iterable[Path]) -> bool:
    """Beside, flushed, then renamed: others see all of it or nothing. False: nothing is kept."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        for folder in folders:
            folder.mkdir(exist_ok=True)
            if stat.S_IMODE(folder.stat().st_mode) != _FOLDER:
                folder.chmod(_FOLDER)  # whatever the umask
        with os.fdopen(os.open(beside, _CREATE, 0o644), "w", encoding="utf-8") as stream:
            os.fchmod(stream.fileno(), 0o644)  # whatever the umask
            stream.write(json.dumps(model))
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    except OSError:
        return False
    return True

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Wheels of boto3 and what it needs, made of what is installed here: no network, no index."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

PACKAGES = ("boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "six", "urllib3")
SERVICES = ("ec2", "sts")  # of botocore's hundred megabytes of models


def make_wheels(folder: Path) -> None:
    folder.mkdir()
    for name in PACKAGES:
        _make(folder, distribution(name))


def _make(folder: Path, made: Distribution) -> None:
    """One wheel; they are all of pure Python."""
    name = made.metadata["Name"].replace("-", "_")
    files = {path: Path(str(made.locate_file(path))) for path in map(str, made.files or ())}
    record = next(path for path in files if path.endswith(".dist-info/RECORD"))
    kept = {p: at.read_bytes() for p, at in files.items() if _is_wanted(p) and at.is_file()}
    lines = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in kept.items()]
    with zipfile.ZipFile(folder / f"{name}-{made.version}-py3-none-any.whl", "w") as wheel:
        for path, data in kept.items():
            wheel.writestr(path, data)
        wheel.writestr(record, "\n".join([*lines, f"{record},,"]) + "\n")


def _is_wanted(path: str) -> bool:
    parts = Path(path).parts
    if ".." in parts or "__pycache__" in parts or path.endswith(("/RECORD", "/INSTALLER")):
        return False
    is_model = parts[:2] in (("botocore", "data"), ("boto3", "data")) and len(parts) > 3
    return not is_model or parts[2] in SERVICES


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()

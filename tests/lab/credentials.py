# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Credentials of the hosts' role, from the emulator's STS, as AWS hands them to instances."""

from __future__ import annotations

import threading
import urllib.parse
import urllib.request
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

from .identity import ACCOUNT, ROLE

_KEPT = timedelta(minutes=10)  # AWS renews them well before they end
_SCOPE = "Credential=testing/20260101/us-east-1/sts/aws4_request"
_NAMES = {
    "AccessKeyId": "AccessKeyId",
    "SecretAccessKey": "SecretAccessKey",
    "SessionToken": "Token",
    "Expiration": "Expiration",
}


class Credentials:
    """Of one host; asked for when they are first wanted, and again before they end."""

    def __init__(self, url: str, session: str) -> None:
        self._url = url
        self._session = session
        self._lock = threading.Lock()
        self._now: dict[str, str] = {}

    def current(self) -> dict[str, str]:
        """As the metadata service words them."""
        with self._lock:
            if not self._now or _is_ending(self._now["Expiration"]):
                self._now = self._assume()
            return self._now

    def _assume(self) -> dict[str, str]:
        asked = {
            "Action": "AssumeRole",
            "Version": "2011-06-15",
            "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/{ROLE}",
            "RoleSessionName": self._session,
        }
        request = urllib.request.Request(self._url, urllib.parse.urlencode(asked).encode())
        request.add_header("Authorization", f"AWS4-HMAC-SHA256 {_SCOPE}, SignedHeaders=host")
        with urllib.request.urlopen(request, timeout=10) as reply:
            found = ElementTree.fromstring(reply.read()).find(".//{*}Credentials")
        if found is None:
            raise RuntimeError("The emulator's STS answered AssumeRole without credentials.")
        told = {ours: found.findtext(f"{{*}}{name}", "") for name, ours in _NAMES.items()}
        told["Expiration"] = _worded(datetime.fromisoformat(told["Expiration"]))
        now = _worded(datetime.now(UTC))
        return {"Code": "Success", "LastUpdated": now, "Type": "AWS-HMAC", **told}


def _worded(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_ending(moment: str) -> bool:
    return datetime.fromisoformat(moment) - datetime.now(UTC) < _KEPT

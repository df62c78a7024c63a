# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests signed by a wrong clock.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html: a signature
is valid for five minutes; others than EC2 answer SignatureDoesNotMatch and name both times. EC2's
own code is RequestExpired:
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html.
"""

from __future__ import annotations

import time
from typing import Optional

from .call import Call, Reply
from .errors import error_reply


def skew_error(call: Call, now: float, allowed: Optional[float]) -> Optional[Reply]:
    """The refusal of a call dated too far from `now`, or None."""
    if allowed is None or call.dated is None or abs(now - call.dated) <= allowed:
        return None
    if call.service == "ec2":
        return error_reply(call, "RequestExpired", "Request has expired.", 400)
    return error_reply(call, "SignatureDoesNotMatch", _sentence(call.dated, now, allowed), 403)


def _sentence(dated: float, ours: float, allowed: float) -> str:
    late = dated < ours
    bound = _text(ours - allowed if late else ours + allowed)
    what = "expired" if late else "not yet current"
    is_now = "is now earlier than" if late else "is still later than"
    allowance = f"{_text(ours)} {'-' if late else '+'} {allowed / 60:.0f} min."
    return f"Signature {what}: {_text(dated)} {is_now} {bound} ({allowance})"


def _text(moment: float) -> str:
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(moment))

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DryRun: asked whether it may, AWS answers and changes nothing. moto makes the change for most
actions.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import DryRunClientError
from moto.ec2.responses._base_response import EC2BaseResponse

from .patch import corrects


@corrects(EC2BaseResponse, "call_action")
def call_action(moto: Any, self: Any) -> Any:
    """DryRunOperation, HTTP 412, for every EC2 action: nothing is looked at beyond the permission.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html (DryRun) and
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (DryRunOperation).
    """
    if self.querystring.get("DryRun", ["false"])[0].lower() != "true":
        return moto(self)
    _status, headers, body = self.serialized(ActionResult(DryRunClientError()))
    return 412, {**headers, "status": "412"}, body

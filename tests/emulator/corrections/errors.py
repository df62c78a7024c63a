# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""AWS error codes where moto gives up with HTTP 500."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError, FilterNotImplementedError
from moto.ec2.responses._base_response import EC2BaseResponse

from .patch import corrects


@corrects(EC2BaseResponse, "call_action")
def call_action(moto: Any, self: Any) -> Any:
    """A filter that AWS does not know is InvalidParameterValue, an action that nobody knows
    InvalidAction.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    """
    try:
        return moto(self)
    except FilterNotImplementedError as error:
        name = str(error).split("'")[1] if "'" in str(error) else str(error)
        refusal = EC2ClientError("InvalidParameterValue", f"The filter '{name}' is invalid")
    except NotImplementedError as error:
        code = "InvalidParameterValue" if "ilter" in str(error) else "InvalidAction"
        refusal = EC2ClientError(code, str(error))
    status, headers, body = self.serialized(ActionResult(refusal))
    return status, {**headers, "status": str(status)}, body

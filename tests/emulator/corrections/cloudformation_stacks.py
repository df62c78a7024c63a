# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An update that changes nothing: AWS refuses it; moto reports one."""

from __future__ import annotations

from typing import Any

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import CloudFormationBackend

from .patch import corrects


@corrects(CloudFormationBackend, "update_stack")
def update_stack(
    moto: Any,
    self: Any,
    name: str,
    template: str,
    role_arn: Any,
    parameters: Any,
    tags: Any,
) -> Any:
    """ValidationError: No updates are to be performed.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html
    """
    stack = self.get_stack(name)
    wanted = self._resolve_update_parameters(instance=stack, incoming_params=parameters)
    same = (stack.template, stack.parameters) == (template, wanted)
    if same and (tags is None or tags == stack.tags):
        raise ValidationError(message="No updates are to be performed.")
    return moto(self, name, template, role_arn, parameters, tags)

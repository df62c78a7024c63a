# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Run a module that needs nothing but Ansible: any managed host can, without boto3."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from .._aws.errors import AwsError
from .._definition.error import DefinitionError
from .answer import Answer, Refused

EXPECTED = (Refused, DefinitionError, AwsError)  # all of these say what to do


def run(work: Callable[[Any], Answer], argument_spec: Mapping[str, Any], **rules: Any) -> None:
    """Do a module's work; `rules` are AnsibleModule's own, such as required_if."""
    module = AnsibleModule(argument_spec=dict(argument_spec), supports_check_mode=True, **rules)
    finish(module, lambda: work(module))


def finish(module: Any, work: Callable[[], Answer]) -> None:
    """End the module with what the work came to. An unexpected error is left to Ansible."""
    try:
        answer = work()
    except EXPECTED as error:
        module.fail_json(msg=str(error), changed=False)
    else:
        for warning in answer.warnings:
            module.warn(warning)
        end = module.fail_json if answer.failed else module.exit_json
        end(**answer.result())

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: iam_policy
short_description: The least IAM policy for the floating IPs of this play
version_added: 1.0.0
author: NetOps (@netops)
description:
  - Reads the same variables as P(netops.floating_ip.definitions#lookup), and tells what AWS must
    allow so that they can be watched and moved by their hosts, or be made and operated from the
    controller. Nothing else is allowed, and nothing that is never asked for.
  - Route tables and interfaces are named by their IDs where these are known, from the definitions
    or from O(looks). Tables of a C(vpc_id) are told by their VPC and by the selector's tags.
    Whatever else there is, like the tables that C(subnet_ids) really use, is told by the tag
    C(floating-ip:NAME) that a deploy gives it.
  - IAM cannot limit which route of a table is written. That only the routes to the floating
    addresses are touched is the promise of this collection, not of the policy.
options:
  _terms:
    description: Not used; give O(names) instead.
    type: list
    elements: str
    default: []
  names:
    description: Which floating IPs, as in P(netops.floating_ip.definitions#lookup). All by default.
    type: raw
  use:
    description:
      - V(monitor) is for the hosts, whose agent only looks and moves. Floating IPs with
        C(state=absent) are left out.
      - V(operator) is for the controller. It also makes, tags and removes, and switches
        source/destination checks.
      - V(trust) is who may take the hosts' role, which is EC2 for its instance profile. It depends
        on the partition alone.
    type: str
    choices: [monitor, operator, trust]
    default: monitor
  role_arn:
    description:
      - The policy is the one of this role, which definitions name in C(aws.role_arn). Only these
        definitions count then.
      - If not given, it is the policy of the credentials that come first, like those of an
        instance profile. For definitions with a C(aws.role_arn) they may assume that role, and no
        more.
    type: str
  looks:
    description:
      - What P(netops.floating_ip.floating_ip_info#module) or
        P(netops.floating_ip.floating_ip_provision#module) returned as C(floating_ips). It tells
        which tables the subnets really use, and which interface an instance has.
    type: list
    elements: dict
    default: []
  drill_fault:
    description:
      - V(stop_instance) also allows to stop and start the instances that O(looks) names, as drills
        by that fault do, and the guards that end an interrupted one. Other faults need no more.
    type: str
    choices: [move, stop_unit, stop_instance]
    default: move
  account_id:
    description: The account in which route tables and interfaces are. Any, if not given.
    type: str
  region:
    description:
      - The Region of definitions that name none. If that is not known either, the policy holds in
        every Region.
    type: str
    env:
      - name: AWS_REGION
      - name: AWS_DEFAULT_REGION
  partition:
    description: The partition of the account. If not given, the one that the Region is in.
    type: str
    choices: [aws, aws-cn, aws-us-gov]
  max_characters:
    description:
      - How long the policy may be, spaces aside. AWS allows 10240 characters in all the inline
        policies of a role together, 6144 in a managed policy, and 2048 inline in a user.
      - For V(monitor) everything is told by tags if the IDs would make it longer. What is still
        longer is an error.
    type: int
    default: 10240
seealso:
  - plugin: netops.floating_ip.definitions
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Show what the hosts' instance profile must allow
  ansible.builtin.debug:
    msg: "{{ lookup('netops.floating_ip.iam_policy') }}"

- name: Learn which tables the subnets really use
  netops.floating_ip.floating_ip_info:
    floating_ips: "{{ query('netops.floating_ip.definitions') }}"
    readiness: false
  register: found

- name: Let the controller's role make and operate the database's address
  amazon.aws.iam_policy:
    iam_type: role
    iam_name: deployer
    policy_name: floating-ip
    policy_json: >-
      {{ lookup('netops.floating_ip.iam_policy', use='operator', names='db',
                looks=found.floating_ips, account_id='123456789012') }}
"""

RETURN = r"""
_list:
  description:
    - One policy. It has no statement where nothing is to be allowed, which IAM does not accept.
  type: list
  elements: dict
  sample:
    - Version: "2012-10-17"
      Statement:
        - Sid: Look
          Effect: Allow
          Action: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeRouteTables"]
          Resource: "*"
          Condition: {StringEquals: {"aws:RequestedRegion": eu-west-1}}
        - Sid: Routes
          Effect: Allow
          Action: ["ec2:CreateRoute", "ec2:ReplaceRoute"]
          Resource: arn:aws:ec2:eu-west-1:123456789012:route-table/rtb-0a1b2c3d
"""

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.loader import lookup_loader
from ansible.plugins.lookup import LookupBase

from ..module_utils._definition.model import FloatingIp
from ..module_utils._definition.parse import parse
from ..module_utils._engine.iam_scopes import ANY, Home, partition_of
from ..module_utils._engine.permissions import TRUST, TooLong, policy_of, trust_of
from ..module_utils._operations.drill_judge import STOP_INSTANCE
from ..module_utils._operations.found import found_in

DEFINITIONS = "netops.floating_ip.definitions"


class LookupModule(LookupBase):
    """Reads the definitions by their own lookup; all judgement is in `_engine`."""

    def run(
        self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> list[dict[str, Any]]:
        """One policy; AnsibleError with every problem of the definitions, or if it is too long."""
        self.set_options(var_options=variables, direct=kwargs)
        if self.get_option("use") == TRUST:
            region = self.get_option("region") or ""
            return [trust_of(self.get_option("partition") or partition_of(region))]
        definitions = self._definitions(terms, variables)
        home = Home(
            self.get_option("account_id") or ANY,
            self.get_option("region") or None,
            self.get_option("partition"),
            self.get_option("role_arn") or None,
        )
        stops = self.get_option("drill_fault") == STOP_INSTANCE
        looks = found_in(self.get_option("looks"), stops=stops)
        most = self.get_option("max_characters")
        try:
            return [policy_of(definitions, self.get_option("use"), home, looks, most)]
        except TooLong as error:
            raise AnsibleError(str(error)) from None

    def _definitions(
        self, terms: list[Any], variables: Mapping[str, Any] | None
    ) -> tuple[FloatingIp, ...]:
        theirs = lookup_loader.get(DEFINITIONS, loader=self._loader, templar=self._templar)
        return parse(theirs.run(terms, variables=variables, names=self.get_option("names")))

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a module reaches AWS: the options that amazon.aws gives every module.

Kept here, not taken from amazon.aws: Galaxy renders a collection's documentation with no other
collection installed, and one unknown fragment costs every module its page. ansible-test compares
these options with those that amazon.aws really takes.
"""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  region:
    description: The AWS Region, where the definition names none.
    type: str
    aliases: [aws_region]
  profile:
    description: A named profile from the AWS configuration files of the host that runs the module.
    type: str
    aliases: [aws_profile]
  access_key:
    description: The access key ID.
    type: str
    aliases: [aws_access_key_id, aws_access_key]
  secret_key:
    description: The secret access key.
    type: str
    aliases: [aws_secret_access_key, aws_secret_key]
  session_token:
    description: The session token that goes with temporary credentials.
    type: str
    aliases: [aws_session_token]
  endpoint_url:
    description: Send requests to this URL instead of the AWS endpoint.
    type: str
    aliases: [aws_endpoint_url]
  validate_certs:
    description: Whether to check the TLS certificate of the endpoint.
    type: bool
    default: true
  aws_ca_bundle:
    description: A file of CA certificates to check the endpoint's TLS certificate with.
    type: path
  aws_config:
    description: Settings for botocore's C(Config).
    type: dict
  debug_botocore_endpoint_logs:
    description: List the API calls that were made, in the return value C(resource_actions).
    type: bool
    default: false
attributes:
  action_group:
    description: >-
      Takes defaults from C(group/netops.floating_ip.all) and, as all modules that reach AWS, from
      C(group/netops.floating_ip.aws) in C(module_defaults). Credentials belong into the latter.
    support: full
    membership:
      - netops.floating_ip.all
      - netops.floating_ip.aws
requirements:
  - boto3
  - botocore
"""

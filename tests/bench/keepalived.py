# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""keepalived as a user would configure it: texts of files."""

from __future__ import annotations

from dataclasses import dataclass

CHECK = "/usr/bin/curl -sf -m 1 -o /dev/null http://127.0.0.1/health"  # of the lab's service
MASTER, BACKUP = 150, 100  # priorities
_CHECK = """
vrrp_script service {{
  script "{check}"
  interval 1
  fall 2
  rise 1
}}
"""


@dataclass(frozen=True)
class Peer:
    """One of the two. `interval`: seconds between its advertisements."""

    interface: str
    address: str
    other: str
    is_first: bool
    interval: float


def on_a_lan(peer: Peer, virtual: str, check: str = "") -> str:
    """The virtual address on one LAN, moved by VRRP alone. `check`: a command that tracks the
    service.
    """
    addresses = f"  virtual_ipaddress {{\n    {virtual}/24 dev {peer.interface}\n  }}\n"
    return _global() + _script(check) + _instance(peer, addresses + _tracked(check))


def on_aws(peer: Peer, notify: str, check: str = "") -> str:
    """VRRP by unicast, as a VPC wants it; `notify` is the command that becomes the AWS call.

    VRRP wants an address of its own to move: it is one that nobody uses.
    """
    own = f"  unicast_src_ip {peer.address}\n  unicast_peer {{\n    {peer.other}\n  }}\n"
    addresses = "  virtual_ipaddress {\n    192.0.2.250/32 dev lo\n  }\n"
    more = f'{own}{addresses}  notify_master "{notify}"\n{_tracked(check)}'
    return _global() + _script(check) + _instance(peer, more)


def claim(interface: str, address: str, tables: tuple[str, ...], endpoint: str) -> str:
    """The AWS call: a program that points each table at the interface with boto3."""
    return f"""#!/usr/bin/python3
import boto3

ec2 = boto3.client(
    "ec2", region_name="eu-west-1", endpoint_url="{endpoint}",
    aws_access_key_id="testing", aws_secret_access_key="testing",
)
for table in {list(tables)!r}:
    ec2.replace_route(
        RouteTableId=table, DestinationCidrBlock="{address}/32", NetworkInterfaceId="{interface}"
    )
"""


def _global() -> str:
    return "global_defs {\n  vrrp_version 3\n  enable_script_security\n  script_user root\n}\n"


def _script(check: str) -> str:
    return _CHECK.format(check=check) if check else ""


def _tracked(check: str) -> str:
    return "  track_script {\n    service\n  }\n" if check else ""


def _instance(peer: Peer, more: str) -> str:
    return (
        "vrrp_instance floating {\n"
        f"  state {'MASTER' if peer.is_first else 'BACKUP'}\n"
        f"  interface {peer.interface}\n"
        "  virtual_router_id 51\n"
        f"  priority {MASTER if peer.is_first else BACKUP}\n"
        f"  advert_int {peer.interval:g}\n{more}}}\n"
    )

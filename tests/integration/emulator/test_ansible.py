# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""amazon.aws works through the emulator: the modules that our playbooks and users call."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.emulator.client import Emulator
from ansible_collections.netops.floating_ip.tests.playing import playbook, run_playbook

PLAY = """
- hosts: localhost
  connection: local
  gather_facts: false
  vars: {ansible_python_interpreter: "{{ ansible_playbook_python }}"}
  tasks:
    - amazon.aws.ec2_vpc_net: {name: lab, cidr_block: 10.0.0.0/16}
      register: vpc
    - amazon.aws.ec2_vpc_subnet: {vpc_id: "{{ vpc.vpc.id }}", cidr: 10.0.1.0/24, az: eu-west-1a}
      register: subnet
    - amazon.aws.ec2_vpc_route_table:
        vpc_id: "{{ vpc.vpc.id }}"
        subnets: ["{{ subnet.subnet.id }}"]
        tags: {Name: clients}
      register: table
    - amazon.aws.ec2_eni:
        subnet_id: "{{ subnet.subnet.id }}"
        private_ip_address: 10.0.1.10
      register: eni
    - amazon.aws.ec2_eni:
        eni_id: "{{ eni.interface.id }}"
        secondary_private_ip_addresses: [10.0.1.200]
        source_dest_check: false
      register: second
    - amazon.aws.ec2_vpc_route_table_info: {filters: {vpc-id: "{{ vpc.vpc.id }}"}}
      register: tables
    - amazon.aws.ec2_eni_info: {eni_id: "{{ eni.interface.id }}"}
      register: enis
    - amazon.aws.ec2_instance_info: {filters: {instance-state-name: running}}
    - ansible.builtin.copy:
        dest: "{{ result }}"
        content: "{{ {'tables': tables.route_tables, 'enis': enis.network_interfaces} | to_json }}"
"""


@pytest.fixture
def play(tmp_path: Path, emulator: Any) -> Any:
    """Run a playbook against the emulator; its result file comes back parsed."""

    def run(text: str) -> Any:
        book, result = tmp_path / "play.yml", tmp_path / "result.json"
        book.write_text(text, encoding="utf-8")
        command = playbook("-i", "localhost,", str(book), result=str(result))
        played = run_playbook(command, {**emulator.environment(), "HOME": str(tmp_path)}, 180)
        assert played.code == 0, played.output
        return json.loads(result.read_text(encoding="utf-8"))

    return run


def test_the_modules_of_amazon_aws_build_and_read_a_network(play: Any, emulator: Any) -> None:
    found = play(PLAY)
    assert any(table["tags"].get("Name") == "clients" for table in found["tables"])
    addresses = {each["private_ip_address"] for each in found["enis"][0]["private_ip_addresses"]}
    assert addresses == {"10.0.1.10", "10.0.1.200"}
    assert found["enis"][0]["source_dest_check"] is False
    assert all(
        call["outcome"] == "ok"
        for call in emulator.calls()
        if not call["action"].startswith("Create")
    )


def test_what_it_prints_leads_a_shell_to_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Emulator.start(log=log) as one:
        script = ["sh", "-c", f". {log}; env"]
        told = subprocess.run(script, capture_output=True, text=True, check=True).stdout
        lines = [f"{name}={value}" for name, value in one.environment().items()]
    assert [line for line in lines if line not in told.splitlines()] == []

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible reaches the hosts: by joining them, and by ssh; leases are given and renewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.netops.floating_ip.tests.lab.lab import Host, HostPlan, Lab
from ansible_collections.netops.floating_ip.tests.playing import playbook, run_playbook

PLAY = """
- name: Through the connection
  hosts: hosts
  become: true
  gather_facts: true
  tasks:
    - name: Copy
      ansible.builtin.copy: {content: "{{ ansible_user_id }}", dest: /etc/copied, mode: "0600"}
    - name: Fetch
      ansible.builtin.fetch: {src: /etc/copied, dest: "{{ fetched }}/", flat: true}
    - name: Start a unit
      ansible.builtin.systemd_service: {name: systemd-tmpfiles-clean.timer, state: restarted}
    - name: Reboot
      ansible.builtin.reboot: {reboot_timeout: 60}
    - name: Read
      ansible.builtin.command: cat /etc/copied
      changed_when: false
"""


@pytest.fixture(scope="module")
def host(lab: Lab) -> Host:
    made = lab.boot(HostPlan("leased", "10.0.1.10/24", dhcp=True))
    made.wait()
    return made


def play(inventory: Path, folder: Path) -> str:
    """The recap's line of the play."""
    (folder / "play.yml").write_text(PLAY)
    command = playbook("-i", str(inventory), str(folder / "play.yml"), fetched=str(folder))
    played = run_playbook(command, {}, patience=120)
    assert played.code == 0, played.output
    return played.output.partition("PLAY RECAP")[2]


def test_ansible_runs_by_joining_the_host(lab: Lab, host: Host, tmp_path: Path) -> None:
    inventory = lab.inventory(tmp_path, {"hosts": [host.name]})
    assert "ok=6    changed=4" in play(inventory, tmp_path)
    assert (tmp_path / "copied").read_text() == host.read("/etc/copied") == "root"


def test_ansible_runs_by_ssh_as_the_user_of_the_images(
    lab: Lab, host: Host, tmp_path: Path
) -> None:
    host.run("rm -f /etc/copied")
    inventory = lab.inventory(tmp_path, {"hosts": [host.name]}, {host.name: lab.over_ssh(host)})
    assert "ansible_user: admin" in inventory.read_text()
    assert "ok=6    changed=4" in play(inventory, tmp_path)
    assert host.read("/etc/copied") == "root"


def test_an_inventory_refuses_variables_of_nobody(lab: Lab, host: Host, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown hosts or groups: \\['db-z'\\]"):
        lab.inventory(tmp_path, {"hosts": [host.name]}, {"db-z": {"a": 1}})


def test_a_lease_is_renewed_and_runs_out_when_nobody_answers(host: Host) -> None:
    assert host.dhcp is not None
    assert "dynamic eth0" in host.run("ip address show dev eth0").out
    host.dhcp.seconds = 4
    before = host.dhcp.granted
    host.run("networkctl renew eth0")
    host.run("until ip address show dev eth0 | grep -q 'valid_lft [1-4]sec'; do sleep 0.1; done")
    assert host.dhcp.granted > before
    host.dhcp.is_silent = True
    host.run("until ! ip address show dev eth0 | grep -q 10.0.1.10; do sleep 0.2; done")
    host.dhcp.is_silent = False
    host.run("until ip address show dev eth0 | grep -q 10.0.1.10; do sleep 0.2; done")

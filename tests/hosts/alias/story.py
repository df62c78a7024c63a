# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A story on two hosts, told in steps: what later runs make of definitions that changed.

Before some steps a run is cut short, so that the step has to complete it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ansible_collections.netops.floating_ip.tests.hosts.alias.site import (
    HELD,
    Played,
    Site,
    addresses,
    files,
    has,
)
from ansible_collections.netops.floating_ip.tests.hosts.waiting import until
from ansible_collections.netops.floating_ip.tests.lab.lab import Host

NEW = ("100.64.10.11", "fd12:3456::11")
NMCLI = """#!/bin/sh
[ "$1" = --version ] && echo "nmcli tool, version 1.36.0-7.el8" && exit
exec /usr/bin/nmcli "$@"
"""
CLOUD_SETUP = "/etc/systemd/system/nm-cloud-setup.service"
CLOUD_NETCONFIG = "/usr/libexec/netconfig/netconfig.d/cloud-netconfig"
IFCFG = "/etc/sysconfig/network/ifcfg-eth0"
SCRIPTS = "/etc/sysconfig/network-scripts"


@dataclass
class Step:
    """What one run came to, and what the hosts had after it."""

    played: Played
    found: dict[str, dict[str, Any]] = field(default_factory=dict)  # addresses by host
    files: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def had(self, host: str, *wanted: str) -> bool:
        return set(wanted) <= set(self.found[host])

    def lacked(self, host: str, *unwanted: str) -> bool:
        return not set(unwanted) & set(self.found[host])


class Story:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.steps: dict[str, Step] = {}

    def cut(self, programs: dict[str, str], **more: Any) -> None:
        """A run that ends halfway, by host in a program that fails then."""
        for name, program in programs.items():
            host = self.site.hosts[name]
            real = host.run(f"PATH=/usr/sbin:/usr/bin command -v {program}").out.strip()
            over = f"/usr/local/bin/{program}"
            host.run(f"mv {over} /tmp/over", check=False)
            host.write(over, FAILING.format(words=CUTS[program], program=real), 0o755)
        played = self._deployed(more)
        for name, program in programs.items():
            assert played.recap[name]["failed"] == 1, played.output
            over = f"/usr/local/bin/{program}"
            self.site.hosts[name].run(f"rm {over}; mv /tmp/over {over}; true", check=False)

    def step(self, name: str, **more: Any) -> Step:
        step = self.steps[name] = Step(self._deployed(more))
        assert step.played.code == 0, f"{name}: {step.played.output}"
        for host in self.site.hosts.values():
            step.found[host.name], step.files[host.name] = addresses(host), files(host)
        return step

    def _deployed(self, more: dict[str, Any]) -> Played:
        """A run with these variables beside the usual ones."""
        self.site.variables.update(more)
        played = self.site.deploy()
        for key in more:
            self.site.variables.pop(key)
        return played


NAMED = "{{ 'manager' if inventory_hostname == 'chg-nm' else '' }}"  # as what target
# Programs that fail when they are to do this: a run of the role ends there.
CUTS = {
    "systemctl": "start floating-ip-alias",  # after all files
    "networkctl": "reload",
    "nmcli": "connection modify",
    "ip": "-force -batch",  # after everything else
}
FAILING = """#!/bin/sh
case "$*" in *"{words}"*) exit 1 ;; esac
exec {program} "$@"
"""


def tell(changing: Site) -> Story:
    """The whole story; each step is a run of the role on both hosts."""
    story = Story(changing)
    networkd, manager = changing.hosts["chg-nd"], changing.hosts["chg-nm"]
    _old_agents(manager)
    changing.variables["floating_ips"] = changing.usual()[:2]
    story.cut({"chg-nd": "systemctl", "chg-nm": "nmcli"})
    start = story.step("db and web")
    start.notes["watch"] = networkd.run("systemctl is-active floating-ip-alias", check=False).out
    show = "systemctl show --property=Environment --value nm-cloud-setup; cat "
    start.notes["agents"] = manager.run(show + IFCFG).out

    _change(story, networkd, manager)
    changing.variables["floating_ips"][0]["alias"] = "always"
    _change_stacks(story, networkd, manager)
    story.cut({"chg-nd": "networkctl", "chg-nm": "ip"}, floating_ip_host_state="absent")
    story.step("all absent", floating_ip_host_state="absent")
    story.step("absent again", floating_ip_host_state="absent")
    return story


def _change(story: Story, networkd: Host, manager: Host) -> None:
    changing = story.site
    db, web = changing.variables["floating_ips"]
    db["addresses"] = list(NEW)
    changing.variables["floating_ips"].append(changing.definition("held", HELD))
    story.step("only held", floating_ip_host_names=["held"])

    web["state"] = "absent"
    changing.variables["floating_ips"].pop()
    story.cut({"chg-nd": "networkctl", "chg-nm": "nmcli"})
    story.step("db changed, web absent, held forgotten")
    networkd.run("networkctl reconfigure eth0")
    manager.run("nmcli connection up eth0")
    story.steps["then set up anew"] = Step(Played(0, 0.0, ""), _settled(changing, *NEW, *HELD))

    db["alias"] = "holder"
    story.step("db for the holder, orphans removed", floating_ip_host_orphans="remove")
    manager.run("nmcli connection up eth0")


def _change_stacks(story: Story, networkd: Host, manager: Host) -> None:
    manager.run(f"mkdir -p {SCRIPTS}")
    story.site.variables["floating_ips"][0]["name"] = "primary"
    stacks = {"chg-nd": "service", "chg-nm": "network-scripts"}
    other = story.step("other stacks", floating_ip_host_stack=stacks_of(stacks))
    other.notes["ifcfg"] = _sourced(manager)
    other.notes["enabled"] = manager.run("systemctl is-enabled floating-ip-alias").out.strip()
    networkd.run("networkctl reconfigure eth0")
    other.notes["survived"] = str(until(lambda: has(networkd, *NEW), 15.0))
    other.notes["rows"] = networkd.run(f"grep -F {NEW[0]} /etc/floating-ip-alias.conf").out
    other.notes["journal"] = networkd.journal("floating-ip-alias.service")

    story.site.variables["floating_ips"][0]["targets"][1]["name"] = "manager"
    story.site.variables["floating_ip_monitor_target"] = NAMED
    story.step("own stacks again", floating_ip_host_interface="eth0")
    networkd.run("networkctl reconfigure eth0")
    story.steps["own stacks again"].notes["stayed"] = str(until(lambda: has(networkd, *NEW), 15.0))
    _share_the_file(story, networkd)


def _share_the_file(story: Story, networkd: Host) -> None:
    """Another interface comes under the same file, and gets what stands beside it."""
    networkd.run("sed -i 's/^Name=eth0$/Name=eth*/' /etc/systemd/network/10-eth0.network")
    networkd.run("ip link add eth1 type veth peer name peer1 && ip link set peer1 up")
    networkd.run("networkctl reload")
    got = until(lambda: has(networkd, *NEW, interface="eth1"), 15.0)
    step = story.step("a file for all interfaces")
    step.notes["eth1"] = f"{got}, {until(lambda: not addresses(networkd, 'eth1').keys() & NEW, 15)}"
    step.notes["stack"] = story.site.look(networkd)["stack"]
    networkd.run("networkctl reconfigure eth0")
    step.notes["stayed"] = str(until(lambda: has(networkd, *NEW), 15.0))


def stacks_of(stacks: dict[str, str]) -> str:
    """A template: extra variables are the same for all hosts."""
    return "{{ " + repr(stacks) + "[inventory_hostname] }}"


def _old_agents(host: Host) -> None:
    """Cloud agents of versions that take addresses away."""
    unit = "[Service]\nEnvironment=NM_CLOUD_SETUP_EC2=yes\nExecStart=/bin/true\n"
    host.write(CLOUD_SETUP, unit)
    host.write("/usr/local/bin/nmcli", NMCLI, 0o755)
    host.write(CLOUD_NETCONFIG, "# takes away what it does not know\n")
    host.write(IFCFG, "BOOTPROTO='dhcp'\nCLOUD_NETCONFIG_MANAGE='yes'\n")


def _settled(site: Site, *wanted: str) -> dict[str, dict[str, Any]]:
    for host in site.hosts.values():
        until(partial(has, host, *wanted), 15.0)
    return {name: addresses(host) for name, host in site.hosts.items()}


def _sourced(host: Host) -> str:
    """There is no Amazon Linux 2 here. Its scripts source the file, as is done here."""
    path = f"{SCRIPTS}/ifcfg-eth0:0"
    show = "echo $DEVICE $IPADDR/$PREFIX $NETMASK $ARPCHECK $ONPARENT"
    return host.run(f"sh -n {path} && set -u && . {path} && {show}").out.strip()

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What later runs make of definitions that changed: one story on two hosts, told in steps.

A run takes seconds, so the tests share the runs and look at what each of them left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.alias.site import (
    DB,
    HELD,
    WEB,
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

    def step(self, name: str, **more: Any) -> Step:
        self.site.variables.update(more)
        step = self.steps[name] = Step(self.site.deploy())
        for key in more:
            self.site.variables.pop(key)
        assert step.played.code == 0, f"{name}: {step.played.output}"
        for host in self.site.hosts.values():
            step.found[host.name], step.files[host.name] = addresses(host), files(host)
        return step


@pytest.fixture(scope="module")
def story(changing: Site) -> Story:
    story = Story(changing)
    networkd, manager = changing.hosts["chg-nd"], changing.hosts["chg-nm"]
    _old_agents(manager)
    changing.variables["floating_ips"] = changing.usual()[:2]
    start = story.step("db and web")
    show = "systemctl show --property=Environment --value nm-cloud-setup; cat "
    start.notes["agents"] = manager.run(show + IFCFG).out

    _change(story, networkd, manager)
    changing.variables["floating_ips"][0]["alias"] = "always"
    _change_stacks(story, networkd, manager)
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
    story.step("db changed, web absent, held forgotten")
    networkd.run("networkctl reconfigure eth0")
    manager.run("nmcli connection up eth0")
    story.steps["then set up anew"] = Step(Played(0, 0.0, ""), _settled(changing, *NEW, *HELD))

    db["alias"] = "holder"
    story.step("db for the holder, orphans removed", floating_ip_host_orphans="remove")
    manager.run("nmcli connection up eth0")


def _change_stacks(story: Story, networkd: Host, manager: Host) -> None:
    manager.run(f"mkdir -p {SCRIPTS}")
    stacks = {"chg-nd": "service", "chg-nm": "network-scripts"}
    other = story.step("other stacks", floating_ip_host_stack=stacks_of(stacks))
    other.notes["ifcfg"] = _sourced(manager)
    other.notes["enabled"] = manager.run("systemctl is-enabled floating-ip-alias").out.strip()
    networkd.run("networkctl reconfigure eth0")
    other.notes["survived"] = str(until(lambda: has(networkd, *NEW), 15.0))

    story.step("own stacks again", floating_ip_host_interface="eth0")
    networkd.run("networkctl reconfigure eth0")
    story.steps["own stacks again"].notes["stayed"] = str(until(lambda: has(networkd, *NEW), 15.0))


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


EACH_HOST = pytest.mark.parametrize("host", ["chg-nd", "chg-nm"])


@EACH_HOST
def test_a_run_for_one_floating_ip_leaves_the_others_as_they_are(story: Story, host: str) -> None:
    step = story.steps["only held"]
    assert step.had(host, *DB, *WEB, *HELD) and step.lacked(host, *NEW)
    assert step.found[host][HELD[0]]["label"] == "eth0:2"


@EACH_HOST
def test_a_changed_address_replaces_the_old_and_keeps_its_label(story: Story, host: str) -> None:
    step = story.steps["db changed, web absent, held forgotten"]
    assert step.had(host, *NEW) and step.lacked(host, *DB)
    assert step.found[host][NEW[0]]["label"] == "eth0:0"


@EACH_HOST
def test_what_is_absent_goes_and_the_rest_keeps_its_label(story: Story, host: str) -> None:
    step = story.steps["db changed, web absent, held forgotten"]
    assert step.lacked(host, *WEB)
    assert step.found[host][HELD[0]]["label"] == "eth0:2"


@EACH_HOST
def test_what_went_stays_away_when_the_interface_is_set_up_anew(story: Story, host: str) -> None:
    step = story.steps["then set up anew"]
    assert step.had(host, *NEW, *HELD) and step.lacked(host, *DB, *WEB)


@EACH_HOST
def test_what_has_no_definition_is_reported_and_goes_only_if_told(story: Story, host: str) -> None:
    told = story.steps["db changed, web absent, held forgotten"]
    assert "On this host, but without a definition: held." in told.played.output
    assert told.had(host, *HELD)
    assert story.steps["db for the holder, orphans removed"].lacked(host, *HELD)


@EACH_HOST
def test_an_alias_of_the_holder_goes_and_comes_back_with_always(story: Story, host: str) -> None:
    assert story.steps["db for the holder, orphans removed"].lacked(host, *NEW)
    assert story.steps["other stacks"].had(host, *NEW)


def test_another_stack_takes_over_and_the_files_of_the_first_one_go(story: Story) -> None:
    step = story.steps["other stacks"]
    assert not [path for path in step.files["chg-nd"] if "/systemd/network/" in path]
    assert not [path for path in step.files["chg-nm"] if "/dispatcher.d/" in path]
    assert step.notes["survived"] == "True"
    back = story.steps["own stacks again"]
    assert [path for path in back.files["chg-nd"] if "/systemd/network/" in path]
    assert not [path for path in back.files["chg-nm"] if path.startswith(SCRIPTS)]
    assert back.had("chg-nd", *NEW) and back.had("chg-nm", *NEW)
    assert back.notes["stayed"] == "True"


def test_network_scripts_get_an_alias_that_a_shell_can_read(story: Story) -> None:
    notes = story.steps["other stacks"].notes
    assert notes["ifcfg"] == f"eth0:0 {NEW[0]}/32 255.255.255.255 no yes"
    assert notes["enabled"] == "enabled"  # for IPv6, which an alias of theirs cannot have


def test_cloud_agents_that_take_addresses_away_are_switched_off(story: Story) -> None:
    environment, *ifcfg = story.steps["db and web"].notes["agents"].splitlines()
    assert environment == "NM_CLOUD_SETUP_EC2=no"
    assert "CLOUD_NETCONFIG_MANAGE='no'" in ifcfg
    assert story.steps["only held"].played.recap["chg-nm"]["failed"] == 0


@EACH_HOST
def test_absent_leaves_nothing_and_then_has_nothing_to_do(story: Story, host: str) -> None:
    step = story.steps["all absent"]
    assert step.lacked(host, *DB, *WEB, *NEW, *HELD)
    assert step.files[host] == []
    assert story.steps["absent again"].played.recap[host]["changed"] == 0
    left = "systemctl list-units --all 'floating-ip-alias*' --no-legend"
    assert story.site.hosts[host].run(left).out == ""


def test_absent_takes_the_addresses_out_of_the_connection_too(story: Story) -> None:
    shown = story.site.hosts["chg-nm"].run("nmcli -g ipv4.addresses connection show eth0").out
    assert "100.64." not in shown


@pytest.mark.parametrize(
    ("nmcli", "netconfig", "greedy"),
    [
        ("1.36.0-7.el8", "", ["nm-cloud-setup", "cloud-netconfig"]),
        ("1.41.6", "", ["cloud-netconfig"]),
        ("1.54.0-1.el9", "get_cn_assigned_addrs()", []),
    ],
)
def test_only_versions_that_take_addresses_away_are_found(
    story: Story, nmcli: str, netconfig: str, greedy: list[str]
) -> None:
    host = story.site.hosts["chg-nm"]
    host.write("/usr/local/bin/nmcli", NMCLI.replace("1.36.0-7.el8", nmcli), 0o755)
    host.write(CLOUD_NETCONFIG, f"{netconfig}\n")
    assert story.site.look(host)["greedy_agents"] == greedy

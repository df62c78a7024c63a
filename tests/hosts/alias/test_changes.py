# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What later runs make of definitions that changed.

A run takes seconds, so the tests share the runs and look at what each of them left.
"""

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.tests.hosts.alias.site import DB, HELD, WEB, Site
from ansible_collections.netops.floating_ip.tests.hosts.alias.story import (
    CLOUD_NETCONFIG,
    NEW,
    NMCLI,
    SCRIPTS,
    Story,
    tell,
)


@pytest.fixture(scope="module")
def story(changing: Site) -> Story:
    return tell(changing)


EACH_HOST = pytest.mark.parametrize("host", ["chg-nd", "chg-nm"])


def test_after_a_run_that_was_cut_short_the_next_one_has_them_watched(
    story: Story,
) -> None:
    """systemd 252 has not read the files that both runs found as they should be."""
    assert story.steps["db and web"].notes["watch"] == "active\n"


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


def test_another_name_takes_the_address_over_with_its_label(story: Story) -> None:
    """Here by a service that acts on each change of an address: also on one of its own."""
    step = story.steps["other stacks"]
    assert step.notes["rows"] == f"primary always eth0 eth0:0 {NEW[0]}/32\n"
    assert step.notes["journal"].count("ip address delete") < 20
    assert "without a definition" not in step.played.output


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


def test_a_file_that_is_for_other_interfaces_too_is_not_told_the_address(story: Story) -> None:
    step = story.steps["a file for all interfaces"]
    assert step.notes["eth1"] == "True, True"  # it had them, and has them no more
    assert (step.notes["stack"], step.notes["stayed"]) == ("service", "True")
    assert step.had("chg-nd", *NEW) and step.had("chg-nm", *NEW)


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

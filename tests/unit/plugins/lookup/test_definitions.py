# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest
import yaml
from ansible import constants
from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template

from ansible_collections.netops.floating_ip.plugins.lookup import definitions

VARIABLES = """
inventory_hostname: prod
region: eu-west-1
floating_ip_defaults:
  aws: {region: x}
  targets_from: dbs
floating_ips:
  - {name: db, addresses: [x], route_tables: {vpc_id: vpc-1}}
  - {name: web, addresses: [100.64.10.11], route_tables: {vpc_id: vpc-1}, probe: {rise: x}}
groups: {dbs: [db-b, db-a]}
hostvars:
  db-a: {instance_id: i-1, ansible_host: 10.0.1.10, floating_ip_preference: 1}
  db-b: {instance_id: i-2, ansible_host: 10.0.2.10, floating_ip_preference: 2}
"""

# What Ansible's own loader does, without the import hooks that it would leave in this process.
NAME = "netops.floating_ip.definitions"
OPTIONS = yaml.safe_load(definitions.DOCUMENTATION)["options"]
constants.config.initialize_plugin_configuration_definitions("lookup", NAME, OPTIONS)


def looked_up(changes: dict[str, Any] | None = None, *terms: str, **options: Any) -> Any:
    """What the lookup returns in a play with these variables; None takes one away."""
    variables = yaml.safe_load(VARIABLES)
    variables["floating_ip_defaults"]["aws"]["region"] = trust_as_template("{{ region }}")
    variables["floating_ips"][0]["addresses"] = [trust_as_template("100.64.10.{{ 5 * 2 }}")]
    variables["floating_ips"][1]["probe"]["rise"] = trust_as_template("{{ '5' }}")
    variables.update(changes or {})
    variables = {name: value for name, value in variables.items() if value is not None}
    templar = Templar(DataLoader(), variables)
    plugin = definitions.LookupModule(templar=templar)
    plugin._load_name = NAME
    return plugin.run(list(terms), variables, **options)


def test_definitions_come_complete_with_templates_defaults_and_targets():
    db, web = looked_up()
    assert db["addresses"] == ["100.64.10.10"]
    assert db["aws"] == {"region": "eu-west-1"}
    assert db["probe"]["timeout"] == 0.5
    assert web["probe"]["rise"] == 5
    assert web["targets"] == [
        {"name": "db-a", "instance_id": "i-1", "probe_address": "10.0.1.10"},
        {"name": "db-b", "instance_id": "i-2", "probe_address": "10.0.2.10"},
    ]


def test_definitions_can_be_given_in_the_place_of_the_variable():
    """Also complete ones: they come out as they went in."""
    (db,) = looked_up(names="db")
    assert looked_up(floating_ips=[db]) == [db]
    with pytest.raises(AnsibleError, match="There is no floating IP"):
        looked_up(floating_ips=[])


@pytest.mark.parametrize(
    ("names", "selected"),
    [
        ("web", ["web"]),
        ("[web,db]", ["db", "web"]),
        (["db"], ["db"]),
        ("all", ["db", "web"]),
        ("", ["db", "web"]),
    ],
)
def test_names_select(names, selected):
    assert [entry["name"] for entry in looked_up(names=names)] == selected


@pytest.mark.parametrize("names", ["", [], None])
def test_a_playbook_may_require_a_name(names):
    with pytest.raises(AnsibleError, match="No floating IP was named: set floating_ip to a name"):
        looked_up(names=names, required=True)


def test_an_unknown_name_is_told_with_the_known_ones():
    with pytest.raises(AnsibleError, match=r"'dbx'. Did you mean db\? There are db, web."):
        looked_up(names="dbx")


@pytest.mark.parametrize("floating_ips", [None, [], "", {}])
def test_a_play_without_floating_ips_is_told(floating_ips):
    with pytest.raises(
        AnsibleError, match="the variable floating_ips is not set for prod, or is empty"
    ):
        looked_up({"floating_ips": floating_ips})


def test_every_problem_is_told_even_of_those_not_selected():
    with pytest.raises(AnsibleError) as raised:
        looked_up({"groups": None, "hostvars": None}, names="db")
    assert str(raised.value).count("which the inventory does not have") == 2


def test_terms_are_refused_because_they_look_like_names():
    with pytest.raises(AnsibleError, match="takes no terms: say names="):
        looked_up(None, "db")


def test_where_a_target_was_named_several_floating_ips_are_refused():
    assert [each["name"] for each in looked_up(names="db", single=True)] == ["db"]
    with pytest.raises(AnsibleError, match="for one floating IP alone, and db, web are selected"):
        looked_up(single=True)


def test_every_option_is_documented():
    assert set(OPTIONS) == {"_terms", "floating_ips", "names", "required", "single"}


def test_a_named_target_is_for_one_alone():
    assert [one["name"] for one in looked_up(names="db", single=True)] == ["db"]
    with pytest.raises(AnsibleError, match="for one floating IP alone, and db, web are selected"):
        looked_up(names="all", single=True)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import re

import pytest
import yaml

from ansible_collections.netops.floating_ip.plugins.doc_fragments.definitions import (
    ModuleDocFragment,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition import documentation
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.argument_spec import (
    DEFINITIONS,
    NAMES,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.json_schema import (
    json_schema,
)
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.key import Key
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.schema import SCHEMA
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.targets import (
    parse_with_inventory,
)
from ansible_collections.netops.floating_ip.tests.tools.generate_docs import ROOT, generated

MARKDOWN = documentation.render_markdown()
SECTIONS = [SCHEMA, *(key for key in SCHEMA.keys if key.keys)]


@pytest.mark.parametrize(("path", "text"), generated().items(), ids=list(generated()))
def test_the_generated_files_are_up_to_date(path, text):
    assert (ROOT / path).read_text(encoding="utf-8") == text, "run ./dev docs"


def test_the_example_is_right():
    example = yaml.safe_load(documentation.EXAMPLE)
    groups = {"db_servers": ["a", "b"]}
    hosts = {
        "a": {"instance_id": "i-1", "ansible_host": "10.0.0.1"},
        "b": {"instance_id": "i-2", "ansible_host": "10.0.0.2"},
    }
    definitions = parse_with_inventory(
        example["floating_ips"],
        example["floating_ip_defaults"],
        groups,
        lambda host: hosts.get(host, {}),
    )
    assert [definition.name for definition in definitions] == ["db", "gateway"]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda key: key.name)
def test_every_key_is_in_the_page_and_in_the_schema_and_in_the_modules_options(section: Key):
    heading = "## Keys of a floating IP" if section is SCHEMA else f"## `{section.name}`"
    _before, _heading, page = MARKDOWN.partition(f"\n{heading}\n")
    rows = re.findall(r"^\| `(\w+)`", page.partition("\n## ")[0], re.MULTILINE)
    names = [key.name for key in section.keys]
    assert rows == names
    schema = json.dumps(json_schema())
    assert all(f'"{name}": {{"description"' in schema for name in names)
    assert all(f"C({name})" in ModuleDocFragment.DOCUMENTATION for name in names)


def test_a_table_row_has_four_cells():
    for row in (line for line in MARKDOWN.splitlines() if line.startswith("|")):
        assert len(re.findall(r"(?<!\\)\|", row)) == 5, row


def test_links_inside_the_page_lead_somewhere():
    for anchor in re.findall(r"\]\(#(\w+)\)", MARKDOWN):
        assert f"\n## `{anchor}`\n" in MARKDOWN


@pytest.mark.parametrize(
    ("text", "spec"),
    [(ModuleDocFragment.DOCUMENTATION, DEFINITIONS), (ModuleDocFragment.NAMES, NAMES)],
)
def test_the_documented_options_are_those_of_the_argument_spec(text, spec):
    options = yaml.safe_load(text)["options"]
    for option in options.values():
        assert all(isinstance(line, str) and line[-1] == "." for line in option.pop("description"))
    assert options == {name: dict(value) for name, value in spec.items()}

# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The schema as text for people: the reference page, and the options of our modules.

`tests/tools/generate_docs.py` writes the files; a unit test compares them.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable

from .as_dict import plain
from .key import Key
from .schema import SCHEMA

EXAMPLE = """\
floating_ip_defaults:
  aws: {region: eu-west-1}
  probe: {path: /health}

floating_ips:
  - name: db
    addresses: [100.64.10.10]
    route_tables: {vpc_id: vpc-0a1b2c3d}
    targets_from: db_servers        # each host's variables say which instance it is
  - name: gateway
    addresses: [100.64.20.1, "fd00:64::1"]
    route_tables: {subnet_ids: [subnet-0a1b2c3d, subnet-4e5f6a7b]}
    targets:
      - {name: gw-a, network_interface_id: eni-0a1b2c3d, probe_address: 10.0.1.20}
      - {name: gw-b, network_interface_id: eni-4e5f6a7b, probe_address: 10.0.2.20}
    probe: {protocol: https, host: gateway.example.com}
    policy: {failback: auto}
    objective_seconds: 5
"""

_INTRODUCTION = f"""\
<!-- Generated from the schema by ./dev docs. Do not edit. -->

# The definition of a floating IP

One variable, `floating_ips`, describes each address. A second, `floating_ip_defaults`, takes the
same keys except `name` and `addresses`, and is merged under every entry: dictionaries key by key,
lists as a whole.

```yaml
{EXAMPLE}```

* A null or an empty text means that the key is not given, so a template may give nothing.
* Numbers and booleans may be texts, as templates make them: `'5'`, `'true'`.
* An unknown key is an error. All errors of all floating IPs are told at once, each with its path,
  such as `floating_ips[db].probe.timeout`.
* Playbooks read both variables with the lookup `netops.floating_ip.definitions`, which also fills
  in the targets from the inventory.
* For completion in an editor, point it at [definition.schema.json](definition.schema.json).
"""

_FRAGMENT = '''\
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Generated from the schema by ./dev docs. Do not edit.

from __future__ import annotations


class ModuleDocFragment:
    # The options of every module that takes definitions.
    DOCUMENTATION = r"""
options:
  floating_ips:
    description:
{description}
    type: list
    elements: dict
    required: true
  floating_ip_defaults:
    description:
      - Settings for all of them, merged under each. Not needed with the lookup, which has done it.
    type: dict
"""

    # The choice among them.
    NAMES = r"""
options:
  names:
    description:
      - The names of the floating IPs to act on, or V(all). A name that no definition has is an
        error.
    type: list
    elements: str
    default: [all]
"""
'''

_ABOUT = (
    "The definitions of the floating IPs, best given by the lookup "
    "P(netops.floating_ip.definitions#lookup), which merges the defaults and fills in the targets.",
    "All mistakes in them are told at once, before anything changes.",
)
_WHERE = (
    "C(docs/definition.md) in the collection describes each key. ",
    "A null or an empty text means that a key is not given.",
)


def render_markdown() -> str:
    """The text of docs/definition.md."""
    sections = "\n".join(_section(key, path) for path, key in _sections())
    return f"{_INTRODUCTION}\n## Keys of a floating IP\n\n{_table(SCHEMA)}\n{sections}"


def render_fragment() -> str:
    """The text of plugins/doc_fragments/definitions.py."""
    top = [_code(key.name) for key in SCHEMA.keys]
    lines = [*_ABOUT, f"The keys are {_listed(top)}."]
    for path, key in _sections():
        lines.append(f"Under {_code(path)}, {_listed([_code(child.name) for child in key.keys])}.")
    lines.append("".join(_WHERE))
    return _FRAGMENT.replace("{description}", "\n".join(_bullet(line) for line in lines))


def _bullet(text: str) -> str:
    return textwrap.fill(text, 98, initial_indent=" " * 6 + "- ", subsequent_indent=" " * 8)


def _sections() -> Iterable[tuple[str, Key]]:
    return ((key.name, key) for key in SCHEMA.keys if key.keys)


def _section(key: Key, path: str) -> str:
    only = f" {_condition(key)}." if key.only_with else ""
    return f"## `{path}`\n\n{key.text}{only}\n\n{_table(key)}"


def _table(parent: Key) -> str:
    rows = [
        f"| `{key.name}` | {_type(key)} | {_default(key)} | {_text(key)} |" for key in parent.keys
    ]
    return "\n".join(["| key | type | default | meaning |", "| --- | --- | --- | --- |", *rows, ""])


def _type(key: Key) -> str:
    names = {"str": "text", "int": "whole number", "float": "number", "dict": "dictionary"}
    names.update(bool="true or false", list="list of texts", map="dictionary of texts")
    if key.choices:
        return " or ".join(f"`{choice}`" for choice in key.choices)
    name = "list of dictionaries" if key.type == "list" and key.keys else names[key.type]
    return f"{name}, {key.unit}" if key.unit else name


def _default(key: Key) -> str:
    if key.required:
        return "required"
    if key.default in (None, (), {}):
        return ""
    return f"`{json.dumps(plain(key, key.default))}`"


def _text(key: Key) -> str:
    if key.keys:
        return f"{key.text.partition('. ')[0].rstrip('.')}. See [below](#{key.name})."
    parts = [key.text, _limits(key), f"{_condition(key)}." if key.only_with else "", _later(key)]
    if key.example is not None:
        parts.append(f"Example: `{json.dumps(key.example)}`.")
    return " ".join(part for part in parts if part).replace("|", "\\|")


def _limits(key: Key) -> str:
    if key.minimum is None or key.maximum is None:
        return ""
    return f"From {key.minimum:g} to {key.maximum:.10g}."


def _condition(key: Key) -> str:
    rule = key.only_with
    return (
        f"Only with `{rule.key}` {_listed([f'`{v}`' for v in rule.values], 'or')}" if rule else ""
    )


def _later(key: Key) -> str:
    later = [f"`{value if isinstance(value, str) else json.dumps(value)}`" for value in key.later]
    return f"Not in this release: {_listed(later, 'or')}." if later else ""


def _code(text: str) -> str:
    return f"C({text})"


def _listed(words: list[str], last: str = "and") -> str:
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a role's variables come to, by Ansible's own templates and without a host."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template

from ansible_collections.netops.floating_ip.tests.dev.workspace import ROOT

HERE = {"inventory_hostname": "db-a", "ansible_check_mode": False}


def rendered(role: str, **variables: Any) -> Callable[[str], Any]:
    """A function that tells a variable's value, or a template's text by its file's name.

    `variables` are over those of the role. Lookups are not to be had: the loader that finds them
    would be there for all tests.
    """
    folder, loader = ROOT / "roles" / role, DataLoader()
    known = dict(HERE)
    for kind in ("defaults", "vars"):
        file = str(folder / kind / "main.yml")
        known.update(loader.load_from_file(file, trusted_as_template=True))
    known.update(variables)

    def value(name: str) -> Any:
        templar = Templar(loader=loader, variables=known)
        if not name.endswith(".j2"):
            return templar.template(known[name])
        text = (folder / "templates" / name).read_text(encoding="utf-8")
        return templar.template(trust_as_template(text), escape_backslashes=False)

    return value

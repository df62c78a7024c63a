# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the files made from the schema: `./dev docs` runs it, a unit test compares them."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Mapping

from ansible_collections.netops.floating_ip.plugins.module_utils._definition import (
    documentation,
    json_schema,
)

ROOT = pathlib.Path(__file__).resolve().parents[2]


def generated() -> Mapping[str, str]:
    """The text of each generated file by its path in the repository."""
    return {
        "docs/definition.md": documentation.render_markdown(),
        "docs/definition.schema.json": json.dumps(json_schema.json_schema(), indent=2) + "\n",
        "plugins/doc_fragments/definitions.py": documentation.render_fragment(),
    }


def main() -> None:
    for path, text in generated().items():
        file = ROOT / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(f"Wrote {path}")


if __name__ == "__main__":
    main()

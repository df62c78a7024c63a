# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that `./dev test` checks, the longest first: one on each core."""

from __future__ import annotations

from .check import Check, Seed, Turn

HERE = "python -m ansible_collections.netops.floating_ip.tests.dev"
COLLECTION = "ansible_collections.netops.floating_ip"

SCRIPT = "^#!/(bin/sh|usr/bin/env bash)"
MODULE_WITH_A_BROKEN_LINK = '''
DOCUMENTATION = r"""
module: seeded
short_description: Refers to an option that it does not have
description: See O(nothing).
author: NetOps (@netops)
options: {}
"""
'''
PLAY_WITHOUT_A_NAME = """
---
- hosts: all
  tasks:
    - command: /bin/true
"""

CHECKS = (
    Check(
        "sanity",
        f"{HERE}.sanity $SEEDED",
        turn=Turn.SPARE,
        seed=Seed("plugins/modules/seeded.py", "import  os\n"),
    ),
    Check(
        "ansible-lint",
        "ansible-lint --offline --profile production $SEEDED",
        "lint",
        turn=Turn.SPARE,
        seed=Seed("playbooks/seeded.yml", PLAY_WITHOUT_A_NAME.lstrip()),
    ),
    Check("unit", 'python -m pytest -q tests/unit --junitxml="$JUNIT"', pytest=True),
    Check(
        "properties",
        'PROPERTY_EXAMPLES=100 python -m pytest -q tests/unit -m hypothesis --junitxml="$JUNIT"',
        pytest=True,
    ),
    Check(
        "mypy",
        "mkdir -p .cache/mypy/ansible_collections/netops"
        ' && ln -sfn "$PWD" .cache/mypy/ansible_collections/netops/floating_ip'
        f" && mypy -p {COLLECTION}.plugins.module_utils -p {COLLECTION}.plugins.plugin_utils"
        f" -p {COLLECTION}.tests.dev -p {COLLECTION}.tests.emulator"
        f" && mypy --python-version 3.11 -p {COLLECTION}.tests.lab"
        f" -p {COLLECTION}.tests.simulation -p {COLLECTION}.tests.bench",
        "lint",
        turn=Turn.SPARE,
        seed=Seed("plugins/module_utils/_engine/seeded.py", 'number: int = "text"\n'),
    ),
    Check(
        "ruff",
        "ruff check --no-cache . && ruff format --no-cache --check .",
        "lint",
        seed=Seed("plugins/module_utils/_engine/seeded.py", "import os\n"),
    ),
    Check(
        "yamllint",
        "yamllint --strict .",
        "lint",
        seed=Seed("playbooks/seeded.yml", "a:   1\n"),
    ),
    Check(
        "shellcheck",
        f"shellcheck $(git grep --untracked -lE '{SCRIPT}' -- ':!*.j2' ':!*.md')",
        "lint",
        seed=Seed("seeded.sh", "#!/bin/sh\ncat $1\n"),
    ),
    Check(
        "docs",
        'GIT_CEILING_DIRECTORIES="$PWD" antsibull-docs lint-collection-docs'
        " --plugin-docs --validate-collection-refs self .",
        "docs",
        seed=Seed("plugins/modules/seeded.py", MODULE_WITH_A_BROKEN_LINK.lstrip()),
    ),
    Check("generated", f"{HERE}.generated", "docs", needs="tests/tools/generate_docs.py"),
    Check(
        "changelog",
        "antsibull-changelog lint",
        "docs",
        seed=Seed("changelogs/fragments/seeded.yml", "no_such_section: [x]\n"),
    ),
    Check("reuse", "reuse lint", "lint", seed=Seed("seeded.sh", "true\n")),
    Check("pythons", f"{HERE}.pythons"),
    Check("importer", f"{HERE}.importer"),
    Check("artefact", f"{HERE}.artefact .cache/dist", "build"),
    Check(
        "integration",
        'python -m pytest -q -n 4 --dist worksteal ${TESTS:-tests/integration} --junitxml="$JUNIT"',
        needs="tests/integration",
        pytest=True,
        turn=Turn.ALONE,
        real=True,
    ),
    Check(
        "root-file-systems",
        f"python -m {COLLECTION}.tests.lab image",
        turn=Turn.ALONE,
        budget=300,
    ),
    Check(
        "molecule",
        'python -m pytest -q tests/molecule --junitxml="$JUNIT"',
        needs="tests/molecule",
        pytest=True,
        turn=Turn.ALONE,
        real=True,
    ),
    Check(
        "hosts",
        'python -m pytest -q --numprocesses 4 ${TESTS:-tests/hosts} --junitxml="$JUNIT"',
        needs="tests/hosts",
        pytest=True,
        turn=Turn.QUIET,
        real=True,
    ),
    Check(
        "simulation",
        "SCHEDULES=${SCHEDULES:-10000} python -m pytest -q --numprocesses 2 tests/simulation"
        ' --junitxml="$JUNIT"',
        needs="tests/simulation",
        pytest=True,
        turn=Turn.SPARE,
    ),
    Check(
        "bench-smoke",
        "./dev bench --quick",
        needs="tests/bench/__main__.py",
        turn=Turn.QUIET,
        real=True,
    ),
)

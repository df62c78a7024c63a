# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Under CI=true a skip fails, whether a test skips, a mark does it, or a whole file."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

from ansible_collections.netops.floating_ip.tests.dev import pytest_ci

FILES = {
    "test_in_it": "import pytest\ndef test_it():\n    pytest.skip('no root')\n",
    "test_mark": "import pytest\n@pytest.mark.skip(reason='no root')\ndef test_it():\n    pass\n",
    "test_file": "import pytest\npytest.skip('no root', allow_module_level=True)\n",
    "test_expected": "import pytest\n@pytest.mark.xfail\ndef test_it():\n    assert False\n",
}


def test_where_nothing_may_be_left_out_every_kind_of_skip_fails(tmp_path: pathlib.Path) -> None:
    for name, text in FILES.items():
        (tmp_path / f"{name}.py").write_text(text)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    options = f"-q -p no:cacheprovider -p {pytest_ci.__name__} --continue-on-collection-errors"
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", *options.split(), str(tmp_path)],
        env={**os.environ, "CI": "true", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 failed, 1 xfailed, 2 errors in" in answer.stdout
    assert answer.stdout.count("was skipped, and under CI=true nothing may be") >= 3

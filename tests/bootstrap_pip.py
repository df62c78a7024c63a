# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stand-in for the get-pip.py that ansible-test downloads: the pip inside Python installs pip."""

from __future__ import annotations

import ensurepip
import os
import pathlib
import subprocess
import sys
import sysconfig

# Distributions keep the wheel elsewhere, and tell where.
OF_DISTRIBUTION = sysconfig.get_config_var("WHEEL_PKG_DIR")
BUNDLED = pathlib.Path(OF_DISTRIBUTION or pathlib.Path(ensurepip.__file__).parent / "_bundled")
NOT_FOR_PIP = ("--no-setuptools", "--no-wheel")


def main() -> int:
    wheel = next(BUNDLED.glob("pip-*.whl"))
    arguments = [argument for argument in sys.argv[1:] if argument not in NOT_FOR_PIP]
    environment = {name: value for name, value in os.environ.items() if name != "GET_PIP"}
    command = [sys.executable, str(wheel / "pip"), "install", "--quiet", *arguments]
    return subprocess.call(command, env=environment)


if __name__ == "__main__":
    raise SystemExit(main())

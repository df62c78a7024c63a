# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signals."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

from ansible_collections.netops.floating_ip.plugins.module_utils._monitor import orders as module
from ansible_collections.netops.floating_ip.plugins.module_utils._monitor.orders import Orders

PROGRAM = """
import os, signal, sys
sys.path.insert(0, {path!r})
from orders import Orders
orders = Orders()
orders.hear()
if len(sys.argv) > 1:
    print(orders.stop, orders.take_reload())
else:
    assert not orders.stop
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGHUP)
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], "again"])
"""


def send(number: int) -> None:
    """To this thread alone: the threads of other tests block nothing."""
    signal.pthread_kill(threading.get_ident(), number)


def test_signals_order_a_stop_or_a_reload() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    orders = Orders()
    try:
        orders.hear()
        assert not orders.stop and not orders.take_reload()
        send(signal.SIGHUP)
        orders.hear()
        assert orders.take_reload() and not orders.take_reload() and not orders.stop
        send(signal.SIGTERM)
        send(signal.SIGINT)
        orders.hear()
        assert orders.stop
        send(signal.SIGTERM)  # impatient: it is on its way already
    finally:
        orders.close()
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before


def test_what_was_not_heard_waits_for_the_next_program() -> None:
    path = module.__file__.rpartition("/")[0]
    command = [sys.executable, "-c", PROGRAM.format(path=path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "True True\n"

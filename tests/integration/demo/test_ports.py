# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two demos that start at once, before anything listens, do not choose the same port."""

from __future__ import annotations

from ansible_collections.netops.floating_ip.tests.demo import ports

HERE = ["127.0.0.1"]


def test_a_port_that_a_demo_has_chosen_is_not_chosen_again_until_that_one_ends() -> None:
    preferred = ports.free(HERE)
    with ports.reserved(HERE, preferred) as first, ports.reserved(HERE, preferred) as second:
        assert first == preferred
        assert second != preferred
    with ports.reserved(HERE, preferred) as third:
        assert third == preferred

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Environments in an inventory's groups: which hosts belong together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

ENVIRONMENTS = "floating_ip_environments"
OBSERVERS = "floating_ip_observers"
TARGETS = "floating_ip_targets"
CLIENTS = "floating_ip_clients"
# Groups that go across environments.
SHARED = ("all", "ungrouped", "floating_ip_targets", OBSERVERS, CLIENTS, ENVIRONMENTS)

Groups = Mapping[str, Sequence[str]]


def environments_of(host: str, groups: Groups) -> list[str]:
    """The environment hosts that share an environment's group with this host.

    A group above several environments joins nothing: it counts only where no narrower one does.
    """
    own = [names for group, names in groups.items() if group not in SHARED and host in names]
    found = [_environments_in(names, groups) for names in own]
    fewest = min((len(one) for one in found if one), default=0)
    wanted = {name for one in found if len(one) == fewest for name in one}
    return [one for one in groups.get(ENVIRONMENTS, ()) if one in wanted]


def _environments_in(names: Collection[str], groups: Groups) -> list[str]:
    return [one for one in groups.get(ENVIRONMENTS, ()) if one in names]


def observers_of(environment: str, groups: Groups) -> list[str]:
    """The hosts on which a monitor of this environment runs, as the inventory says."""
    return _of(environment, OBSERVERS, groups)


def targets_of(environment: str, groups: Groups) -> list[str]:
    """The hosts of this environment that may hold an address."""
    return _of(environment, TARGETS, groups)


def _of(environment: str, group: str, groups: Groups) -> list[str]:
    members = groups.get(group, ())
    return [one for one in members if environment in environments_of(one, groups)]


def clients_of(environment: str, groups: Groups) -> list[str]:
    """The hosts that measure what clients of this environment's addresses see."""
    clients = groups.get(CLIENTS, ())
    return [one for one in clients if environment in environments_of(one, groups)]


def drillers_of(environment: str, groups: Groups) -> list[str]:
    """The hosts of this environment that may remember a drill, each once."""
    both = (*observers_of(environment, groups), *clients_of(environment, groups))
    return list(dict.fromkeys(both))


def orphans(groups: Groups) -> list[str]:
    """The observers that are in no environment, or in several: nobody could tell them anything."""
    observers = groups.get(OBSERVERS, ())
    return [one for one in observers if len(environments_of(one, groups)) != 1]

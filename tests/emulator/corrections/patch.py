# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a correction replaces something of moto's.

@corrects(RouteBackend, "create_route")
def create_route(moto, self, route_table_id, *args, **kwargs):
    '''What AWS does, and the page that says so.'''
    return moto(self, route_table_id, *args, **kwargs)
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection
from typing import Any, Optional, Union

_CORRECTIONS: list[tuple[Any, str, Union[Callable[..., Any], property]]] = []


def corrects(owner: Any, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function in the place of `owner.name`; it gets what it replaces as its first
    argument.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        _CORRECTIONS.append((owner, name, function))
        return function

    return register


def corrects_property(
    owner: Any, name: str, setter: Optional[Callable[..., None]] = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a property in the place of `owner.name`; the function gets the object only."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        _CORRECTIONS.append((owner, name, property(function, setter)))
        return function

    return register


def apply_all(without: Collection[str] = ()) -> None:
    """Put the registered corrections in place, once, but for those left out."""
    unknown = sorted(set(without) - set(names()))
    if unknown:
        raise ValueError(f"There is no correction {unknown}; there are {names()}.")
    while _CORRECTIONS:
        owner, name, function = _CORRECTIONS.pop(0)
        if _name(owner, name) not in without:
            made = function if isinstance(function, property) else _bound(owner, name, function)
            setattr(owner, name, made)


def names() -> list[str]:
    """What can be left out."""
    return sorted({_name(owner, name) for owner, name, _correction in _CORRECTIONS})


def _name(owner: Any, name: str) -> str:
    return f"{owner.__name__.rsplit('.', 1)[-1]}.{name}"


def _bound(owner: Any, name: str, function: Callable[..., Any]) -> Any:
    if name in vars(owner) and isinstance(vars(owner)[name], (classmethod, staticmethod)):
        original: Any = vars(owner)[name].__func__
        kind: Any = type(vars(owner)[name])
    else:
        original, kind = getattr(owner, name), None

    @functools.wraps(function)
    def replaced(*args: Any, **kwargs: Any) -> Any:
        return function(original, *args, **kwargs)

    return kind(replaced) if kind else replaced

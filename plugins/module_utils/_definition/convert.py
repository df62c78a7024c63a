# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""One value of a definition, as YAML or a template made it, converted to what its key asks for.

Every function returns the value or raises Wrong.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from .error import Wrong, shown
from .forms import FORMS, read_text
from .key import Key

TRUE = ("true", "yes", "on", "y", "t", "1")
FALSE = ("false", "no", "off", "n", "f", "0")
NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"


def is_null(value: Any) -> bool:
    """Whether the value means "not given": null, or a template that gave nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def convert(key: Key, value: Any) -> Any:
    """A scalar of `key`, within its choices and limits."""
    result = _CONVERTERS[key.type](key, value)
    if result in key.later:
        raise Wrong(f"{shown(value)} is not in this release: {_instead(key)}.")
    if key.choices and result not in key.choices:
        raise Wrong(f"must be one of {', '.join(key.choices)}, not {shown(value)}.")
    return result


def _instead(key: Key) -> str:
    allowed = key.choices or [str(not later).lower() for later in key.later]
    return f"use {' or '.join(allowed)}"


def to_text(key: Key, value: Any) -> Any:
    """A text of the key's form. Whole numbers are taken: templates make them of '5' unasked."""
    if isinstance(value, (bool, float)) or not isinstance(value, (str, int)):
        quotes = ": put it in quotes" if isinstance(value, (bool, float)) else ""
        raise Wrong(f"must be a text, not {shown(value)}{quotes}.")
    if isinstance(value, int):
        value = _text_of(key, value)
    text = str.__str__(value)
    if not text.isascii() and text.encode("utf-8", "replace").decode() != text:
        raise Wrong(f"must be a text that UTF-8 can write, not {shown(value)}.")
    return read_text(FORMS[key.form], text if key.form == "argument" else text.strip())


def _text_of(key: Key, number: int) -> str:
    if key.form in ("address", "host") or abs(number) >= 10**18:  # 1:20 is a number to YAML
        raise Wrong(f"is a number to YAML, {shown(number)}: put it in quotes.")
    return str(int(number))


def _to_bool(_key: Key, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else None
    if word in TRUE or (isinstance(value, int) and value == 1):
        return True
    if word in FALSE or (isinstance(value, int) and value == 0):
        return False
    raise Wrong(f"must be true or false, not {shown(value)}.")


def _to_float(key: Key, value: Any) -> float:
    unit = f" of {key.unit}" if key.unit else ""
    if isinstance(value, str):
        value = _number_of(value.strip(), unit)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Wrong(f"must be a number{unit}, not {shown(value)}.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise Wrong(f"must be a finite number{unit}, not {shown(value)}.")
    _check_limits(key, number)
    return number


def _number_of(text: str, unit: str) -> float:
    if re.fullmatch(r"[+-]?0[0-9_]+", text):
        raise Wrong(f"must be a number{unit} without a leading zero, not {shown(text)}.")
    if not re.fullmatch(NUMBER, text):
        raise Wrong(f"must be a number{unit}, not {shown(text)}: write digits alone.")
    return float(text)


def _to_int(key: Key, value: Any) -> int:
    number = _to_float(key, value)
    if number != int(number):
        raise Wrong(f"must be a whole number, not {shown(value)}.")
    return int(number)


def _check_limits(key: Key, number: float) -> None:
    unit = f" {key.unit}" if key.unit else ""
    if key.minimum is not None and number < key.minimum:
        raise Wrong(f"must be at least {key.minimum:g}{unit}, not {number:g}.")
    if key.maximum is not None and number > key.maximum:
        raise Wrong(f"must be at most {key.maximum:g}{unit}, not {number:g}.")


_CONVERTERS: Mapping[str, Callable[[Key, Any], Any]] = {
    "str": to_text,
    "bool": _to_bool,
    "int": _to_int,
    "float": _to_float,
}

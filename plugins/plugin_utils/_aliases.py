# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a host is to have on its interfaces: decided from the definitions and from a look at it.

The look is what roles/floating_ip_host/files/look.sh tells; the rows are those of the table
/etc/floating-ip-alias.conf, which says what the role has put on the host.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ._alias_refusal import refusal

LONGEST_LABEL = 15  # of the kernel: IFNAMSIZ less its end
NO_LABEL = "-"  # IPv6 has none
ALWAYS = "always"
GOING = "going"  # it was to be taken away, and no run has ended since that says that it was


class Row(NamedTuple):
    """An address that the role has put, or is to put, on an interface."""

    name: str  # of the floating IP
    mode: str  # always, holder or going
    interface: str
    label: str
    address: str  # with its prefix, which is that of a single host

    @property
    def place(self) -> tuple[str, str]:
        return self.interface, self.address


@dataclass(frozen=True)
class Wish:
    """What a run is about. No names: everything that is on the host."""

    host: str
    names: tuple[str, ...] = ()
    present: bool = True
    remove_orphans: bool = False


def read(rows: Iterable[str]) -> tuple[Row, ...]:
    """The rows of a table; what is none is left out."""
    return tuple(Row(*words) for words in map(str.split, rows) if len(words) == len(Row._fields))


def standing(table: Iterable[Row]) -> tuple[Row, ...]:
    """Without those that are on their way out."""
    return tuple(row for row in table if row.mode != GOING)


def going(table: Iterable[Row], wanted: Iterable[Row]) -> tuple[Row, ...]:
    """What must be taken away; it stays in the table until a run has done that."""
    places = {row.place for row in wanted}
    gone = {row.place: row._replace(mode=GOING) for row in table if row.place not in places}
    return tuple(gone.values())


def orphans(definitions: Sequence[Mapping[str, Any]], old: Sequence[Row]) -> tuple[str, ...]:
    """Floating IPs that are on the host and of which there is no definition any more.

    One whose address a definition has is none: it has got another name.
    """
    known = {definition["name"] for definition in definitions}
    taken = _addresses(definitions)
    return tuple(sorted({row.name for row in old if row.address not in taken} - known))


def _addresses(definitions: Iterable[Mapping[str, Any]]) -> set[str]:
    """The addresses of definitions that are to be there, each with the prefix of one host."""
    present = [definition for definition in definitions if definition["state"] == "present"]
    return {str(ipaddress.ip_network(text)) for each in present for text in each["addresses"]}


def rows(
    definitions: Sequence[Mapping[str, Any]], look: Mapping[str, Any], wish: Wish
) -> tuple[Row, ...]:
    """The rows that the host is to have: those of the wish, and those that it is not about."""
    old = standing(read(look["table"]))
    handled = _handled(definitions, old, wish)
    numbers = _numbers(old, definitions)
    taken = {*numbers.values(), *_foreign_numbers(look, definitions)}
    made: list[Row] = []
    for definition in definitions:
        if definition["name"] in handled and _is_for(definition, wish):
            number = numbers.get(definition["name"])
            if number is None:
                number = next(free for free in range(len(taken) + 1) if free not in taken)
                taken.add(number)
            made += _made(definition, look["interface"], number)
    renamed = _addresses(each for each in definitions if each["name"] in handled)
    kept = [row for row in old if row.name not in handled and row.address not in renamed]
    return tuple(sorted([*made, *kept], key=lambda row: row.name))  # whatever a run is about


def _handled(definitions: Sequence[Mapping[str, Any]], old: Sequence[Row], wish: Wish) -> set[str]:
    if wish.names:
        return set(wish.names)
    goes = wish.remove_orphans or not wish.present
    known = {definition["name"] for definition in definitions}
    return known | set(orphans(definitions, old) if goes else ())


def _is_for(definition: Mapping[str, Any], wish: Wish) -> bool:
    targets = {target["name"] for target in definition.get("targets", ())}
    return wish.present and definition["state"] == "present" and wish.host in targets


def _made(definition: Mapping[str, Any], interface: str, number: int) -> Iterable[Row]:
    for text in definition["addresses"]:
        address = ipaddress.ip_network(text)
        label = label_of(interface, number) if address.version == 4 else NO_LABEL
        yield Row(definition["name"], definition["alias"], interface, label, str(address))


def label_of(interface: str, number: int) -> str:
    """eth0:0, with as much of a long interface's name as the kernel has room for."""
    end = f":{number}"
    return interface[: LONGEST_LABEL - len(end)] + end


def _numbers(old: Sequence[Row], definitions: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The number that each floating IP was given once, and keeps, under another name too."""
    labelled = [row for row in old if row.label != NO_LABEL]
    numbers = {row.name: _number(row.label) for row in labelled}
    free = {
        row.address: numbers[row.name] for row in labelled if not _is_present(row.name, definitions)
    }
    for definition in definitions:
        for address in sorted(_addresses([definition]) & free.keys()):
            numbers.setdefault(definition["name"], free[address])
    return numbers


def _is_present(name: str, definitions: Sequence[Mapping[str, Any]]) -> bool:
    return any(each["name"] == name and each["state"] == "present" for each in definitions)


def _number(label: str) -> int:
    end = label.rpartition(":")[2]
    return int(end) if end.isdigit() else -1


def _foreign_numbers(look: Mapping[str, Any], definitions: Sequence[Mapping[str, Any]]) -> set[int]:
    """The numbers of labels that somebody else has given on the host, to addresses of his own."""
    ours = {str(ipaddress.ip_network(a)) for each in definitions for a in each["addresses"]}
    words = [line.split() for line in look["addresses"]]
    return {
        _number(label) for _version, label, address in words if ":" in label and address not in ours
    }


def differs(wanted: Sequence[Row], look: Mapping[str, Any]) -> bool:
    """Whether an interface lacks something, or has what only the holder has, or a wrong label."""
    words = [line.split() for line in look["addresses"]]
    found = {(interface, address): label for interface, label, address in words}
    for row in wanted:
        belongs = row.mode == ALWAYS or row.name in look["holds"]
        if belongs != (row.place in found):
            return True
        # ip(8) refuses a label that does not begin with the interface's name, so it is not asked.
        strict = row.label.startswith(f"{row.interface}:")
        if belongs and strict and found[row.place] != row.label:
            return True
    return False


def connection_changes(
    wanted: Sequence[Row], old: Sequence[Row], look: Mapping[str, Any]
) -> list[str]:
    """What nmcli(1) must modify: IPv4 addresses that the connection lacks, and ours that go."""
    if not look["connection"] or look["stack"] == "netplan":  # whose file says it
        return []
    if look["ipv4_method"] not in ("auto", "manual"):
        return []
    has = look["connection_addresses"].split(", ")
    ours = {row.address for row in wanted if row.mode == ALWAYS and row.label != NO_LABEL}
    native = ours if look["stack"] == "NetworkManager" else set()
    added = [("+ipv4.addresses", address) for address in sorted(native) if address not in has]
    gone = {row.address for row in old} - native
    removed = [("-ipv4.addresses", address) for address in has if address in gone]
    return [word for words in added + removed for word in words]


def plan(
    definitions: Sequence[Mapping[str, Any]], look: Mapping[str, Any], wish: Wish
) -> dict[str, Any]:
    """All that the role asks for, as plain values; see the filter host_aliases."""
    table = read(look["table"])
    wanted = rows(definitions, look, wish)
    always = [row for row in wanted if row.mode == ALWAYS]
    return {
        "rows": [" ".join(row) for row in wanted],
        "going": [" ".join(row) for row in going(table, wanted)],
        "ipv4": [{"address": r.address, "label": r.label} for r in always if ":" not in r.address],
        "ipv6": [{"address": row.address} for row in always if ":" in row.address],
        "connection_changes": connection_changes(wanted, table, look),
        "refusal": refusal({row.interface for row in wanted}, look),
        "holder": len(always) < len(wanted),
        "differs": differs(wanted, look),
        "pings": any(d["probe"]["protocol"] == "icmp" for d in definitions),
        "stranger": wish.present and not any(_is_for(each, wish) for each in definitions),
        "orphans": list(orphans(definitions, standing(table))) if wish.present else [],
    }

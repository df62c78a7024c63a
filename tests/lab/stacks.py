# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How each network stack is told about eth0: files, units to start, and units to keep away."""

from __future__ import annotations

from dataclasses import dataclass, field

from .plan import GATEWAY6, HostPlan


@dataclass(frozen=True)
class Setup:
    """What a host's own files hold before its first boot."""

    files: dict[str, str] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()  # units that start with multi-user.target
    masked: tuple[str, ...] = ()


_MANAGED = "[device-eth]\nmatch-device=interface-name:eth*\nmanaged=1\n"


def setup_of(plan: HostPlan) -> Setup:
    return _MAKERS[plan.stack](plan)


def _networkd(plan: HostPlan) -> Setup:
    lines = ["[Match]", "Name=eth0", "", "[Network]", "IPv6AcceptRA=no"]
    if plan.dhcp:
        lines.append("DHCP=ipv4")
    else:
        lines += [f"Address={plan.address}", f"Gateway={plan.router}"]
    if plan.address6:
        lines += [f"Address={plan.address6}", f"Gateway={GATEWAY6}"]
    else:
        lines.append("LinkLocalAddressing=no")
    text = "\n".join(lines) + "\n"
    return Setup({"etc/systemd/network/10-eth0.network": text}, ("systemd-networkd.service",))


def _netplan(plan: HostPlan) -> Setup:
    lines = ["network:", "  version: 2", "  renderer: networkd", "  ethernets:", "    eth0:"]
    lines.append("      accept-ra: false")
    addresses = [] if plan.dhcp else [plan.address]
    routes = [] if plan.dhcp else [("default", plan.router)]
    if plan.dhcp:
        lines.append("      dhcp4: true")
    if plan.address6:
        addresses.append(plan.address6)
        routes.append(("::/0", GATEWAY6))
    else:
        lines.append("      link-local: []")
    if addresses:
        lines.append(f"      addresses: [{', '.join(addresses)}]")
        lines.append("      routes:")
        lines += [f"        - {{to: '{to}', via: '{via}', on-link: true}}" for to, via in routes]
    files = {"etc/netplan/50-cloud-init.yaml": "\n".join(lines) + "\n"}
    return Setup(files, ("systemd-networkd.service",))


def _network_manager(plan: HostPlan) -> Setup:
    four = "method=auto" if plan.dhcp else f"method=manual\naddress1={plan.address},{plan.router}"
    six = "method=disabled"
    if plan.address6:
        six = f"method=manual\naddr-gen-mode=eui64\naddress1={plan.address6},{GATEWAY6}"
    text = (
        "[connection]\nid=eth0\ntype=ethernet\ninterface-name=eth0\n\n"
        f"[ipv4]\n{four}\n\n[ipv6]\n{six}\n"
    )
    files = {
        "etc/NetworkManager/system-connections/eth0.nmconnection": text,
        # Debian's rules leave the interfaces of containers to whoever made them.
        "etc/NetworkManager/conf.d/10-lab.conf": _MANAGED,
    }
    return Setup(files, ("NetworkManager.service",))


def _ifupdown(plan: HostPlan) -> Setup:
    lines = ["auto lo", "iface lo inet loopback", "", "auto eth0"]
    if plan.dhcp:
        lines.append("iface eth0 inet dhcp")
    else:
        lines += ["iface eth0 inet static", f"    address {plan.address}"]
        lines.append(f"    gateway {plan.router}")
    if plan.address6:
        lines += ["", "iface eth0 inet6 static", f"    address {plan.address6}"]
        lines += [f"    gateway {GATEWAY6}", "    dad-attempts 0", "    accept_ra 0"]
    return Setup({"etc/network/interfaces": "\n".join(lines) + "\n"}, ("networking.service",))


def _none(plan: HostPlan) -> Setup:
    """No stack: a unit of the host's own sets the address once."""
    commands = ["link set eth0 up", f"address replace {plan.address} dev eth0"]
    commands.append(f"route replace default via {plan.router}")
    if plan.address6:
        commands.append(f"address replace {plan.address6} dev eth0 nodad")
        commands.append(f"-6 route replace default via {GATEWAY6} dev eth0")
    starts = "\n".join(f"ExecStart=/usr/sbin/ip {command}" for command in commands)
    text = (
        "[Unit]\nDescription=The lab's static eth0\nDefaultDependencies=no\n"
        "Wants=network.target\nBefore=network.target\n\n"
        f"[Service]\nType=oneshot\nRemainAfterExit=yes\n{starts}\n"
    )
    files = {"etc/systemd/system/lab-eth0.service": text}
    return Setup(files, ("lab-eth0.service",))


_MAKERS = {
    "networkd": _networkd,
    "netplan": _netplan,
    "NetworkManager": _network_manager,
    "ifupdown": _ifupdown,
    "none": _none,
}

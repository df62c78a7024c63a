#!/bin/sh
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# What the role must know of a host, told in one go as JSON; changes nothing.
# look.sh [INTERFACE [STACK]]: empty or `auto` means: find it.
set -u
export LC_ALL=C PATH="$PATH:/usr/sbin:/usr/bin:/sbin:/bin"
marker=netops.floating_ip.floating_ip_host
interface=${1:-} stack=${2:-auto}

# --- Each prints one thing ----------------------------------------------------------------------

default_interface() {
  for version in -4 -6; do
    ip "$version" route show default 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p;q' | grep . && return
  done
}

# The .network file by which systemd-networkd manages the interface, or nothing.
network_file() {
  links=/run/systemd/netif/links/$(cat "/sys/class/net/$interface/ifindex" 2>/dev/null)
  systemctl --quiet is-active systemd-networkd.service && sed -n 's/^NETWORK_FILE=//p' "$links" 2>/dev/null
}

# Asked only where it runs: the question alone would start it.
nm_says() {
  systemctl --quiet is-active NetworkManager.service && nmcli --get-values "$@" 2>/dev/null
}

# The UUID of the connection by which NetworkManager manages the interface, or nothing.
connection() {
  case $(nm_says GENERAL.STATE device show "$interface") in
    *externally*) ;; # it only watches what another stack does
    100*) nm_says GENERAL.CON-UUID device show "$interface" ;;
  esac
}

is_ifupdown() {
  command -v ifquery >/dev/null && ifquery --state "$interface" 2>/dev/null | grep -q "^$interface="
}

is_network_scripts() {
  [ -e "/etc/sysconfig/network-scripts/ifcfg-$interface" ] && [ -e /etc/sysconfig/network-scripts/ifup-aliases ]
}

# Other interfaces of the same .network file or connection, as of one that matches en*: what is told to that would be
# on them as well.
shared() {
  for path in /sys/class/net/*; do
    [ -n "$network_file" ] && [ "${path##*/}" != "$interface" ] || continue
    grep -qxF "NETWORK_FILE=$network_file" "/run/systemd/netif/links/$(cat "$path/ifindex")" 2>/dev/null &&
      echo "${path##*/}"
  done
  [ -z "$connection" ] || nm_says UUID,DEVICE connection show --active | sed -n "s/^$connection://p" | grep -vxF "$interface"
}

found_stack() {
  [ -z "$shared" ] || { echo service; return; }
  case $network_file in
    /run/systemd/network/*netplan-*) echo netplan; return ;;
    ?*) echo networkd; return ;;
  esac
  case $connection_name in
    netplan-*) echo netplan; return ;;
  esac
  if [ -n "$connection" ]; then echo NetworkManager
  elif is_ifupdown; then echo ifupdown
  elif is_network_scripts; then echo network-scripts
  else echo service
  fi
}

# The name that netplan gives to the interface in its files.
netplan_id() {
  case $network_file in
    *netplan-*) id=${network_file##*netplan-} && echo "${id%.network}" ;;
    *) case $connection_name in netplan-*) echo "${connection_name#netplan-}" ;; esac ;;
  esac
}

# One line an address: interface, label (- for none), address.
addresses() {
  ip -oneline address show | while read -r _index device family address rest; do
    rest=${rest%%\\*}
    case $family in
      inet) for label in $rest; do :; done; echo "$device $label $address" ;;
      inet6) echo "$device - $address" ;;
    esac
  done
}

our_files() {
  grep --recursive --files-with-matches --fixed-strings "$marker" /etc/floating-ip-alias.conf \
    /etc/systemd/network /etc/netplan /etc/NetworkManager/dispatcher.d /etc/network/if-up.d \
    /etc/sysconfig/network-scripts /etc/sysctl.d /etc/systemd/system /usr/local/libexec 2>/dev/null
}

# What tells whether a file is as it should be: path, mode, owner and group, checksum.
states() {
  our_files | while read -r file; do
    echo "$file $(stat -c '%a %U:%G' "$file") $(sha1sum <"$file")"
  done | sed 's/ *-$//'
}

# Cloud agents of which this version takes away addresses that it does not know; see docs/hosts.md.
greedy_agents() {
  # Since 1.41.6 it keeps what the connection says and what others have added.
  if [ -e /usr/lib/systemd/system/nm-cloud-setup.service ] || [ -e /etc/systemd/system/nm-cloud-setup.service ]; then
    version=$(nmcli --version | sed 's/.* //')
    [ "$(printf '1.41.6\n%s\n' "$version" | sort -V | head -n 1)" = 1.41.6 ] || echo nm-cloud-setup
  fi
  # Newer versions remember what they have added, and take away only that.
  for script in /usr/libexec/netconfig/netconfig.d/cloud-netconfig /etc/netconfig.d/cloud-netconfig \
    /usr/lib/netconfig.d/cloud-netconfig; do
    [ -e "$script" ] || continue
    [ -e "/etc/sysconfig/network/ifcfg-$interface" ] || continue
    grep -q get_cn_assigned_addrs "$script" || echo cloud-netconfig
  done
}

sysctls() {
  for key in "net/ipv4/conf/$interface/arp_announce" "net/ipv4/conf/$interface/rp_filter" \
    net/ipv4/ip_nonlocal_bind net/ipv6/ip_nonlocal_bind net/ipv4/ping_group_range; do
    [ -e "/proc/sys/$key" ] && echo "$key=$(tr '\t' ' ' <"/proc/sys/$key")"
  done
}

# --- JSON ---------------------------------------------------------------------------------------

quoted() { sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/"&"/'; }

text() { printf '"%s": %s,\n' "$1" "$(printf '%s\n' "$2" | head -n 1 | quoted)"; }

list() { printf '"%s": [%s],\n' "$1" "$(printf '%s' "$2" | quoted | paste -s -d , -)"; }

default=$(default_interface)
interface=${interface:-$default}
network_file=$(network_file)
connection=$(connection)
connection_name=$([ -n "$connection" ] && nm_says connection.id connection show "$connection")
shared=$(shared | paste -s -d ' ' -)
[ "$stack" != auto ] || stack=$(found_stack)

echo '{'
text default_interface "$default"
text interface "$interface"
text exists "$([ -e "/sys/class/net/$interface" ] && echo yes)"
text stack "$stack"
text network_file "$network_file"
text shared "$shared"
text netplan_id "$(netplan_id)"
text connection "$connection"
text connection_addresses "$([ -n "$connection" ] && nm_says ipv4.addresses connection show "$connection")"
text ipv4_method "$([ -n "$connection" ] && nm_says ipv4.method connection show "$connection")"
text systemd "$(systemctl --version | sed -n '1s/[^ ]* \([0-9]*\).*/\1/p')"
list addresses "$(addresses)"
list table "$(grep -v '^#' /etc/floating-ip-alias.conf 2>/dev/null)"
text unfinished "$(grep -l 'has not ended' /etc/floating-ip-alias.conf 2>/dev/null)"
list files "$(our_files)"
list states "$(states)"
list holds "$(ls /run/floating-ip/holds 2>/dev/null)"
list greedy_agents "$(greedy_agents)"
list sysctls "$(sysctls)"
text service "$(systemctl is-active floating-ip-alias.service) $(systemctl is-enabled floating-ip-alias.service 2>/dev/null)"
echo '"end": true}'

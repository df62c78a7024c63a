#!/bin/sh
# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Runs one host for as long as it is on: supervise.sh FOLDER IMAGE CGROUP NETNS NAME [OPTIONS OF NSPAWN]
# It is started in a mount namespace of its own, so nothing that it mounts outlives it.
set -eu
folder=$1 image=$2 cgroup=$3 netns=$4 name=$5
shift 5

mount -t overlay overlay -o "lowerdir=$image,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
mkdir -p /run/systemd
mount -t tmpfs tmpfs /run/systemd
mkdir /run/systemd/nspawn
# The host sees version 2 cgroups alone, and each host needs a cgroup of its own.
umount -R /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
echo 0 >"/sys/fs/cgroup/$cgroup/cgroup.procs"

inside() { nsenter --net="/run/netns/$netns" "$@"; }

# What a machine forgets when it is switched off. The links stay: they are the wires.
unplug() {
  inside ip -o link show type veth | while read -r _index link _rest; do
    link=${link%%@*}
    inside ip address flush dev "$link"
    inside ip link set "$link" down
  done
}

export SYSTEMD_NSPAWN_API_VFS_WRITABLE=network # /proc/sys/net can be written to; /sys must stay as it is
while :; do
  unplug
  code=0
  systemd-nspawn --quiet --directory="$folder/root" --machine="$name" --boot --register=no --keep-unit \
    --console=pipe --network-namespace-path="/run/netns/$netns" --capability=CAP_NET_ADMIN \
    --link-journal=no --resolv-conf=off --timezone=off "$@" || code=$?
  [ "$code" = 133 ] || exit "$code" # 133: a reboot was asked for inside
done

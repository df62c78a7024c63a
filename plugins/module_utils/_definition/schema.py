# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""SCHEMA: the only list of a definition's keys, with types, defaults, limits and texts.

Parser, documentation, JSON Schema and argument specs are made from it or compared with it by a
test. A default here is the default of the value in `model.py`; a test compares those too.
"""

from __future__ import annotations

from .key import Key, OnlyWith
from .model import MECHANISMS, ROUTE
from .schema_host import ALIAS, HOOKS
from .schema_policy import POLICY
from .schema_probe import PROBE

_AWS = Key(
    "aws",
    "dict",
    "Where the AWS side lives. Credentials never stand here: they come from the environment, from "
    "`module_defaults` or from the instance's role.",
    keys=(
        Key(
            "region",
            "str",
            "The AWS Region. If not given, the one that the environment or the instance names.",
            form="region",
            example="eu-west-1",
        ),
        Key(
            "role_arn",
            "str",
            "A role to assume for every call, for example in the account that owns the VPC.",
            form="role",
            example="arn:aws:iam::123456789012:role/floating-ip",
        ),
        Key(
            "endpoint_url",
            "str",
            "Send EC2 requests here instead of to the Region's endpoint, for example to an "
            "interface endpoint or an emulator.",
            form="url",
            example="https://vpce-0a1b.ec2.eu-west-1.vpce.amazonaws.com",
        ),
    ),
)

_ROUTE_TABLES = Key(
    "route_tables",
    "dict",
    "The route tables that lead to the address. What the selectors find adds up. Tables of "
    "gateways (edge tables) are never touched.",
    only_with=OnlyWith("mechanism", (ROUTE,)),
    keys=(
        Key("ids", "list", "These tables.", (), form="route_table", example=["rtb-0a1b2c3d"]),
        Key(
            "subnet_ids",
            "list",
            "The table that each of these subnets really uses: the VPC's main table where the "
            "subnet has none of its own.",
            (),
            form="subnet",
            example=["subnet-0a1b2c3d", "subnet-4e5f6a7b"],
        ),
        Key("vpc_id", "str", "Every table of this VPC.", form="vpc", example="vpc-0a1b2c3d"),
        Key(
            "tags",
            "map",
            "Of the tables of `vpc_id`, only those with all of these tags. Needs `vpc_id`.",
            {},
            example={"floating-ip": "db"},
        ),
    ),
)

_TARGETS = Key(
    "targets",
    "list",
    "The interfaces that may hold the address, the most preferred first. At least two.",
    keys=(
        Key(
            "name",
            "str",
            "The target's name, which is its inventory host.",
            required=True,
            form="target",
            example="db-a",
        ),
        Key(
            "network_interface_id",
            "str",
            "The network interface. Give either this or `instance_id`; without both, the host's "
            "variable `network_interface_id` or else `instance_id` is used.",
            form="interface",
            example="eni-0a1b2c3d",
        ),
        Key(
            "instance_id",
            "str",
            "The instance, whose interface at `device_index` is meant.",
            form="instance",
            example="i-0a1b2c3d",
        ),
        Key(
            "device_index",
            "int",
            "Which interface of the instance: 0 is the primary one. Needed only where it has "
            "several. If `instance_id` is not given either, the host's variable `device_index` is "
            "used.",
            minimum=0,
            maximum=127,
            example=0,
        ),
        Key(
            "probe_address",
            "str",
            "What the probe checks: the target's own address (never the floating one) or a name. "
            "If not given, the first of the host's variables `floating_ip_probe_address`, "
            "`private_ip_address` and `ansible_host`. Not needed for the protocol `command`.",
            form="host",
            example="10.0.1.10",
        ),
    ),
)

_STORE = Key(
    "store",
    "dict",
    "Where an observer keeps what it remembers between runs.",
    keys=(
        Key(
            "kind",
            "str",
            "`file`: on the observer's own disk.",
            "file",
            choices=("file",),
            later=("dynamodb",),
        ),
    ),
)

_METRICS = Key(
    "metrics",
    "dict",
    "Where figures are sent.",
    keys=(
        Key("cloudwatch", "bool", "Whether to send figures to CloudWatch.", False, later=(True,)),
    ),
)

SCHEMA = Key(
    "floating_ips",
    "list",
    "The floating IPs. A value of null or an empty text means that the key is not given.",
    required=True,
    keys=(
        Key(
            "name",
            "str",
            "What the floating IP is called: letters, digits and dashes, at most 32. Unique, and "
            "not `all`, the word that selects every floating IP.",
            required=True,
            form="name",
            example="db",
        ),
        Key(
            "state",
            "str",
            "`absent`: the next deploy removes it. Then targets need not be given.",
            "present",
            choices=("present", "absent"),
        ),
        Key(
            "addresses",
            "list",
            "An IPv4 address, an IPv6 address, or one of each that move as one unit. With "
            "`mechanism=route` outside every CIDR of the VPC; with `mechanism=secondary_ip` IPv4 "
            "only, and inside the subnet that the targets share.",
            required=True,
            form="address",
            example=["100.64.10.10"],
        ),
        Key(
            "mechanism",
            "str",
            "How the address is held. `route`: host routes in route tables lead to the holder's "
            "interface. `secondary_ip`: it is a secondary private address of that interface.",
            ROUTE,
            choices=MECHANISMS,
            later=("network_interface", "elastic_ip"),
        ),
        Key(
            "allow_public",
            "bool",
            "Whether a `route` address may lie in public space, which hides a part of the "
            "internet from the VPC.",
            False,
        ),
        _AWS,
        _ROUTE_TABLES,
        _TARGETS,
        Key(
            "targets_from",
            "str",
            "Instead of `targets`: an inventory group whose hosts are the targets, ordered by "
            "their variable `floating_ip_preference` (the lowest first, hosts without it last) and "
            "then as in the group.",
            example="floating_ip_targets",
        ),
        PROBE,
        POLICY,
        ALIAS,
        HOOKS,
        _STORE,
        _METRICS,
        Key(
            "objective_seconds",
            "float",
            "The outage that is acceptable when the holder dies. Deploy fails, with the "
            "arithmetic, if the timings cannot meet it.",
            minimum=0.1,
            maximum=86400,
            unit="seconds",
            example=5,
        ),
    ),
)

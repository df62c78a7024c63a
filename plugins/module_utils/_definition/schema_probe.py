# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The keys under `probe`: how an observer finds out whether a target works."""

from __future__ import annotations

from .key import Key, OnlyWith

DEFAULT_PORTS = {"http": 80, "https": 443}
PROTOCOLS = ("http", "https", "tcp", "icmp", "command")

_WITH_PORT = OnlyWith("protocol", ("http", "https", "tcp"))
_WITH_HTTP = OnlyWith("protocol", ("http", "https"))

PROBE = Key(
    "probe",
    "dict",
    "How an observer finds out whether a target works.",
    keys=(
        Key(
            "protocol",
            "str",
            "What a probe does. A frozen host still completes TCP handshakes and answers pings, so "
            "`tcp` and `icmp` find less than `http`, `https` and `command`.",
            "http",
            choices=PROTOCOLS,
        ),
        Key(
            "port",
            "int",
            "The port. 80 for `http` and 443 for `https` if not given; `tcp` needs one.",
            80,
            minimum=1,
            maximum=65535,
            only_with=_WITH_PORT,
        ),
        Key("path", "str", "The path, with its query.", "/", form="path", only_with=_WITH_HTTP),
        Key(
            "host",
            "str",
            "The Host header, and the name that the TLS certificate must have. The probe address "
            "if not given.",
            form="host",
            only_with=_WITH_HTTP,
            example="db.example.com",
        ),
        Key(
            "expect_status",
            "list",
            "The HTTP statuses, and ranges of them, that mean up.",
            ((200, 299),),
            form="status",
            only_with=_WITH_HTTP,
            example=["200-299", "404"],
        ),
        Key(
            "expect_body",
            "str",
            "A text that the body must contain.",
            form="argument",
            only_with=_WITH_HTTP,
            example="ready",
        ),
        Key(
            "verify_tls",
            "bool",
            "Whether the certificate must be valid.",
            True,
            only_with=OnlyWith("protocol", ("https",)),
        ),
        Key(
            "command",
            "list",
            "The command and its arguments, run without a shell on the observer. Its exit status "
            "0 means up. Its environment has FLOATING_IP_TARGET and FLOATING_IP_ADDRESS.",
            (),
            form="argument",
            only_with=OnlyWith("protocol", ("command",)),
            example=["/usr/local/bin/check-db", "--quick"],
        ),
        Key(
            "interval",
            "float",
            "From the start of one probe of a target to the start of the next.",
            1.0,
            minimum=0.05,
            maximum=3600,
            unit="seconds",
        ),
        Key(
            "timeout",
            "float",
            "How long a probe may take. Less than three intervals.",
            0.5,
            minimum=0.01,
            maximum=300,
            unit="seconds",
        ),
        Key(
            "fast_interval",
            "float",
            "The interval after a first failure, until the target is judged. At most `interval`.",
            0.1,
            minimum=0.01,
            maximum=3600,
            unit="seconds",
        ),
        Key("rise", "int", "Successes in a row that prove up.", 2, minimum=1, maximum=100),
        Key("fall", "int", "Failures in a row that prove down.", 3, minimum=1, maximum=100),
        Key(
            "min_down",
            "float",
            "The least time from the first failure to the last before the target is down. "
            "Refused connections do not wait for it.",
            0.5,
            minimum=0,
            maximum=3600,
            unit="seconds",
        ),
    ),
)

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.netops.floating_ip.plugins.module_utils._definition.error import Wrong
from ansible_collections.netops.floating_ip.plugins.module_utils._definition.forms import (
    FORMS,
    read_text,
)

GOOD = [
    ("name", "db-1", "db-1"),
    ("name", "x" * 32, "x" * 32),
    ("target", "db-a.example.com", "db-a.example.com"),
    ("target", "_x:1@y+z-1", "_x:1@y+z-1"),
    ("host", "10.0.0.1", "10.0.0.1"),
    ("host", "FD00:0::1", "fd00::1"),
    ("host", "db_1.example.com.", "db_1.example.com."),
    ("region", "eu-west-1", "eu-west-1"),
    ("region", "us-gov-east-1", "us-gov-east-1"),
    ("role", "arn:aws-cn:iam::123456789012:role/a/b", "arn:aws-cn:iam::123456789012:role/a/b"),
    ("url", "http://127.0.0.1:5000", "http://127.0.0.1:5000"),
    ("url", "https://[fd00::1]/", "https://[fd00::1]/"),
    ("interface", "eni-0a1b2c3d", "eni-0a1b2c3d"),
    ("path", "/health?deep=1", "/health?deep=1"),
    ("status", "200", (200, 200)),
    ("status", "200-299", (200, 299)),
    ("endpoint", "10.0.0.2:443", ("10.0.0.2", 443)),
    ("endpoint", "[FD00::1]:22", ("fd00::1", 22)),
    ("endpoint", "ns.example.com:53", ("ns.example.com", 53)),
]
BAD = [
    ("name", "x" * 33, "must be 1 to 32 letters, digits and dashes"),
    ("name", "-db", "the first no dash"),
    ("name", "db_1", "must be 1 to 32"),
    ("name", "db\n", "must be 1 to 32"),
    ("name", "All", "cannot be 'all'"),
    ("target", "a b", "it is an inventory host"),
    ("target", "a/b", "it is an inventory host"),
    ("host", "10.0.0", "must be an IP address or a host name"),
    ("host", "10.0.0.256", "must be an IP address or a host name"),
    ("host", "a..b", "must be an IP address or a host name"),
    ("host", "a-.b", "must be an IP address or a host name"),
    ("host", "http://a", "must be an IP address or a host name"),
    ("host", "fe80::1%eth0", "must be an IP address or a host name"),
    ("host", "i-0123456789abcdef0", "not the AWS id i-0123456789abcdef0"),
    ("region", "eu-west", "must be an AWS Region"),
    ("region", "eu-west-1a", "must be an AWS Region"),
    ("role", "floating-ip", "must be the ARN of a role"),
    ("url", "ec2.amazonaws.com", "must be an http or https URL"),
    ("url", "ftp://a", "must be an http or https URL"),
    ("url", "http://", "must be an http or https URL"),
    ("url", "http://a:99999", "must be an http or https URL"),
    ("url", "http://[", "must be an http or https URL"),
    ("subnet", "vpc-1", "must be the id of a subnet, such as subnet-0a1b2c3d, not 'vpc-1'."),
    ("vpc", "vpc_1", "must be the id of a VPC"),
    ("route_table", "rtb-", "must be the id of a route table"),
    ("instance", "eni-1", "must be the id of an instance"),
    ("path", "health", "begins with /"),
    ("path", "/a b", "holds no space"),
    ("path", "/a\r\nX: y", "holds no space"),
    ("status", "20", "must be an HTTP status"),
    ("status", "2xx", "must be an HTTP status"),
    ("status", "299-200", "with the lower number first"),
    ("status", "600", "must lie in 100-599"),
    ("endpoint", "10.0.0.2", "must be HOST:PORT"),
    ("endpoint", "10.0.0.2:0", "must have a port from 1 to 65535"),
    ("endpoint", "10.0.0.2:65536", "must have a port from 1 to 65535"),
    ("endpoint", "fd00::1:22", r"write '\[fd00::1\]:22'"),
    ("endpoint", "[x:22", "must be an IP address or a host name"),
    ("text", "a\x1bb", "without control characters"),
    ("argument", "a\0b", "without a zero byte"),
]


@pytest.mark.parametrize(("form", "text", "value"), GOOD)
def test_a_text_of_the_form_is_read(form, text, value):
    assert read_text(FORMS[form], text) == value


@pytest.mark.parametrize(("form", "text", "reason"), BAD)
def test_another_text_is_told(form, text, reason):
    with pytest.raises(Wrong, match=reason) as raised:
        read_text(FORMS[form], text)
    assert str(raised.value).endswith(".")


def test_a_password_in_a_url_is_not_shown():
    with pytest.raises(Wrong) as raised:
        read_text(FORMS["url"], "http://me:hidden@host/")
    assert "hidden" not in str(raised.value)


def test_a_form_that_has_no_sample_here_is_only_a_pattern_of_its_own():
    tested = {form for form, *_rest in (*GOOD, *BAD)}
    assert set(FORMS) - tested == {"address"}  # see test_addresses.py

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a describe returns: which of the objects, and how many at a time."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Optional

import moto.ec2.utils
from moto.core.responses import ActionResult
from moto.core.utils import get_service_model
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses._base_response import EC2BaseResponse
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces
from moto.ec2.responses.instances import InstanceResponse
from moto.ec2.responses.route_tables import RouteTables
from moto.ec2.responses.subnets import Subnets
from moto.ec2.responses.vpcs import VPCs

from ..stage import STAGE
from .lag import seen
from .patch import corrects
from .speed import route_tables_xml

MOST_VALUES = 200
_ALIASES = frozenset(
    {"cidr-block", "cidrBlock", "vpcId", "isDefault", "tag-value"}
)  # not in the documentation
_WILD = re.compile(r"[*?]")


def values_of(found: Any) -> list[str]:
    """The values of a property, as AWS writes them."""
    if found is None:
        return []
    if isinstance(found, bool):
        return [str(found).lower()]
    if isinstance(found, (str, int)):
        return [str(found)]
    return [value for each in found for value in values_of(each)]


def matches(found: Any, wanted: Iterable[Any]) -> bool:
    """Does any of the values match any of the wanted ones?"""
    values = values_of(found)
    exact = set(map(str, [wanted] if isinstance(wanted, str) else wanted))
    if not exact.isdisjoint(values):
        return True
    patterns = [_pattern(each) for each in exact if _WILD.search(each)]
    return any(pattern.fullmatch(value) for pattern in patterns for value in values)


@lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    parts = re.split(r"(\\[*?\\]|[*?])", text)
    known = {"*": ".*", "?": "."}
    return re.compile(
        "".join(known.get(part, re.escape(part.lstrip("\\") or part)) for part in parts), re.DOTALL
    )


@corrects(moto.ec2.utils, "is_filter_matching")
def is_filter_matching(_moto: Any, thing: Any, name: str, wanted: Any) -> bool:
    """One of the values is enough: "the values are joined with an OR". moto wants all of a list.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html; wildcards and their
    escapes: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html.
    """
    return matches(thing.get_filter_value(name), wanted or ())


@lru_cache(maxsize=64)
def _documented(operation: str) -> frozenset[str]:
    """The names of the filters that the API's own documentation gives, out of botocore's model."""
    members = get_service_model("ec2").operation_model(operation).input_shape.members
    text = members["Filters"].documentation if "Filters" in members else ""
    return frozenset(re.findall(r"<code>([A-Za-z0-9.-]+)(?:</code>|:)", text)) | _ALIASES


@corrects(EC2BaseResponse, "_filters_from_querystring")
def filters_from_querystring(moto: Any, self: Any) -> Any:
    """At most 200 values in a call; a name that the API does not have is an error.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html ("up to 200 filter
    values") and FilterLimitExceeded and InvalidParameterValue in
    .../APIReference/errors-overview.html.
    """
    filters = moto(self)
    if sum(map(len, filters.values())) > MOST_VALUES:
        sentence = (
            f"The maximum number of filter values specified on a single call is {MOST_VALUES}"
        )
        raise EC2ClientError("FilterLimitExceeded", sentence)
    known = _documented(self._get_action()) if filters else frozenset()
    for name in filters:
        if known and name not in known and not name.startswith("tag:"):
            raise EC2ClientError("InvalidParameterValue", f"The filter '{name}' is invalid")
    return filters


def page(self: Any, items: list[Any], most: int, ids: bool) -> tuple[list[Any], Optional[str]]:
    """The page asked for, and the token of the next one.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html#api-pagination.
    MaxResults has the limits of the API's model: 5 to 100 for route tables, to 1000 for others.
    Explicit ids and MaxResults exclude each other, but for route tables, subnets and VPCs.
    """
    wanted = self._get_int_param("MaxResults")
    token = self._get_param("NextToken")
    if wanted is not None and not 5 <= wanted <= most:
        sentence = (
            f"Value ( {wanted} ) for parameter maxResults is invalid. Expecting a value "
            f"between 5 and {most}."
        )
        raise EC2ClientError("InvalidParameterValue", sentence)
    if ids and (wanted is not None or token):
        raise EC2ClientError(
            "InvalidParameterCombination", "The parameter ids cannot be used with maxResults"
        )
    start = _start(items, token) if token else 0
    size = len(items) if ids else wanted or STAGE.settings.page_size
    end = start + size
    return items[start:end], _token(items, end) if end < len(items) else None


def _token(items: list[Any], end: int) -> str:
    return base64.urlsafe_b64encode(f"{end}:{items[end - 1].id}".encode()).decode()


def _start(items: list[Any], token: str) -> int:
    """Where the next page begins: after the last one shown, wherever that is by now."""
    try:
        place, last = base64.urlsafe_b64decode(token.encode()).decode().split(":")
        known = [each.id for each in items]
        return known.index(last) + 1 if last in known else int(place)
    except ValueError:
        raise EC2ClientError(
            "InvalidPaginationToken", "The specified pagination token is not valid."
        ) from None


@corrects(RouteTables, "describe_route_tables")
def describe_route_tables(_moto: Any, self: Any) -> Any:
    """Pages of at most 100:
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html.
    """
    ids = self._get_param("RouteTableIds", [])
    tables = seen(self.ec2_backend, self.ec2_backend.describe_route_tables(ids))
    found = moto.ec2.utils.generic_filter(self._filters_from_querystring(), tables)
    return route_tables_xml(*page(self, found, 100, False))


@corrects(ElasticNetworkInterfaces, "describe_network_interfaces")
def describe_network_interfaces(_moto: Any, self: Any) -> Any:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html."""
    ids = self._get_param("NetworkInterfaceIds", [])
    enis = seen(self.ec2_backend, self.ec2_backend.get_all_network_interfaces(ids))
    found = moto.ec2.utils.generic_filter(self._filters_from_querystring(), enis)
    part, token = page(self, found, 1000, bool(ids))
    return ActionResult({"NetworkInterfaces": part, "NextToken": token})


@corrects(InstanceResponse, "describe_instances")
def describe_instances(_moto: Any, self: Any) -> Any:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html."""
    ids = self._get_param("InstanceIds", [])
    backend, filters = self.ec2_backend, self._filters_from_querystring()
    if ids:
        reservations = backend.get_reservations_by_instance_ids(ids)
    else:
        reservations = backend.describe_instances()
    for each in reservations:  # copies: moto makes them for us
        each.instances = seen(backend, each.instances)
    found = moto.ec2.utils.filter_reservations(reservations, filters)
    part, token = page(self, found, 1000, bool(ids))
    return ActionResult({"Reservations": part, "NextToken": token})


def _paged(key: str) -> Callable[[Any, Any], Any]:
    def describe(moto_describe: Any, self: Any) -> Any:
        """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html#api-pagination."""
        result = moto_describe(self).result
        part, token = page(self, list(result[key]), 1000, False)
        return ActionResult({**result, key: part, "NextToken": token})

    return describe


corrects(Subnets, "describe_subnets")(_paged("Subnets"))
corrects(VPCs, "describe_vpcs")(_paged("Vpcs"))

# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The network resources of CloudFormation, made and deleted by EC2's own API.

moto's associate no table with a subnet, drop tags, checks and addresses, cannot attach an
interface, and leave tables and interfaces behind. Defined later than moto's, the classes made
here take their place.

Properties: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/AWS_EC2.html.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

from botocore.exceptions import ClientError
from moto.cloudformation.exceptions import ValidationError
from moto.core.common_models import CloudFormationModel

from ..api import client

Properties = Mapping[str, Any]
Create = Callable[[Any, Properties], str]
Delete = Callable[[Any, str, Properties], Any]


@dataclass(frozen=True)
class Kind:
    """How one type of resource is made and deleted. `create` gives the physical id."""

    create: Create
    delete: Delete
    attributes: Mapping[str, Callable[[Any, str], Any]] = field(default_factory=dict)
    tagged: bool = True


class Resource:
    """One resource of a stack."""

    kind: Kind
    type: str

    def __init__(
        self, name: str, properties: Properties, account: str, region: str, stack: str, logical: str
    ) -> None:
        self.properties = properties
        self.ec2 = client(account, region)
        try:
            self.physical_resource_id = self.kind.create(self.ec2, properties)
        except ClientError as error:
            raise ValidationError(message=f"{logical}: {error}") from error
        self.name = name
        if self.kind.tagged:
            tags = [*properties.get("Tags", []), *_stack_tags(stack, logical)]
            self.ec2.create_tags(
                Resources=[self.physical_resource_id], Tags=[_tag(each) for each in tags]
            )

    def delete(self, _account: str, _region: str) -> None:
        """Delete it; what went with another resource of the stack is gone, as it should be."""
        try:
            self.kind.delete(self.ec2, self.physical_resource_id, self.properties)
        except ClientError as error:
            if not error.response["Error"]["Code"].endswith("NotFound"):
                raise

    def get_cfn_attribute(self, name: str) -> Any:
        return self.kind.attributes[name](self.ec2, self.physical_resource_id)

    @classmethod
    def has_cfn_attr(cls, name: str) -> bool:
        return name in cls.kind.attributes

    def is_created(self) -> bool:
        return True


def _stack_tags(stack: str, logical: str) -> list[dict[str, str]]:
    values = {"stack-name": stack.split("/")[1], "stack-id": stack, "logical-id": logical}
    return [{"Key": f"aws:cloudformation:{key}", "Value": value} for key, value in values.items()]


def _tag(tag: Mapping[str, Any]) -> dict[str, str]:
    return {"Key": str(tag["Key"]), "Value": str(tag["Value"])}


def _create(cls: type, name: str, json: Any, account: str, region: str, /, **more: Any) -> Any:
    stack, logical = more.get("StackId", "//"), more.get("LogicalId", "")
    made: Any = cls(name, json.get("Properties", {}), account, region, stack, logical)
    made.more = more
    return made


def _update(cls: type, /, **given: Any) -> Any:
    original, account, region = (
        given[name] for name in ("original_resource", "account_id", "region_name")
    )
    original.delete(account, region)
    name, json = given["new_resource_name"], given["cloudformation_json"]
    return _create(cls, name, json, account, region, **original.more)


def define(cloudformation_type: str, kind: Kind) -> None:
    """Make the class by which moto's CloudFormation knows a type."""
    members = {
        "kind": kind,
        "type": cloudformation_type,
        "cloudformation_type": staticmethod(lambda: cloudformation_type),
        "cloudformation_name_type": staticmethod(lambda: ""),
        "create_from_cloudformation_json": classmethod(_create),
        "update_from_cloudformation_json": classmethod(_update),
    }
    name = cloudformation_type.replace(":", "")
    _DEFINED.append(type(name, (Resource, CloudFormationModel), members))


_DEFINED: list[type] = []


def number(value: Any) -> int:
    return int(value)


def truth(value: Any) -> bool:
    return str(value).lower() == "true"


def only(properties: Properties, *names: str, **converted: Callable[[Any], Any]) -> dict[str, Any]:
    """The properties that the API takes by the same name; some of them converted."""
    found = {name: properties[name] for name in names if name in properties}
    found.update(
        {name: change(properties[name]) for name, change in converted.items() if name in properties}
    )
    return found


def first(reply: Mapping[str, Any], *path: str) -> Optional[Any]:
    """Follow keys into a reply; of a list take the first."""
    value: Any = reply
    for key in path:
        value = value[key]
        value = value[0] if isinstance(value, list) else value
    return value


def itself(_ec2: Any, identity: str) -> str:
    """The attribute that is the physical id."""
    return identity

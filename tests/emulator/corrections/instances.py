# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Instances and what happens to their interfaces."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instances import Instance, InstanceBackend

from .patch import corrects, corrects_property


@corrects(Instance, "prep_nics")
def prep_nics(
    moto: Any, self: Any, nic_spec: list[dict[str, Any]], *args: Any, **kwargs: Any
) -> None:
    """Interfaces made at launch go with the instance unless told otherwise; given ones must be
    free.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceSpecification.html
    (DeleteOnTermination) and .../UserGuide/using-eni.html: the default is true for those made at
    launch. The instance is in the zone of its first interface, for which moto says the Region's
    first.
    """
    given = {int(each["DeviceIndex"]): dict(each) for each in nic_spec}
    for each in given.values():
        eni = self.ec2_backend.enis.get(each.get("NetworkInterfaceId"))
        if eni is not None and eni.instance is not None:
            raise EC2ClientError("InvalidNetworkInterface.InUse", f"Interface: [{eni.id}] in use.")
    moto(self, nic_spec, *args, **kwargs)
    for index, eni in self.nics.items():
        spec = given.get(index, {})
        made_here = not spec.get("NetworkInterfaceId")
        eni.delete_on_termination = bool(spec.get("DeleteOnTermination", made_here))
    if 0 in self.nics:
        self._placement.zone = self.nics[0].availability_zone


@corrects(Instance, "terminate")
def terminate(moto: Any, self: Any) -> Any:
    """Interfaces that are not deleted with the instance become available again; in moto they stay
    attached.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html (termination behaviour).
    """
    if self.state == "terminated":
        return moto_state(self)
    leaving = [eni for eni in self.nics.values() if not eni.delete_on_termination]
    previous = moto(self)
    for eni in leaving:
        index = eni.device_index
        self.detach_eni(eni)
        if index == 0:
            self.nics[0] = eni  # moto reads the private address of a terminated instance there
    return previous


def moto_state(instance: Any) -> Any:
    import copy

    return copy.copy(instance._state)


@corrects_property(Instance, "network_interfaces")
def network_interfaces(self: Any) -> list[Any]:
    """A terminated instance has none.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html
    """
    return [] if self.state == "terminated" else list(self.nics.values())


def _check(self: Any) -> bool:
    """The source/destination check of an instance is that of its first interface; moto keeps two.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html
    (SourceDestCheck).
    """
    nics = getattr(self, "nics", {})
    return bool(nics[0].source_dest_check) if 0 in nics else True


def _set_check(self: Any, value: Any) -> None:
    nics = getattr(self, "nics", {})
    if len(nics) > 1:
        sentence = (
            f"There are multiple interfaces attached to instance '{self.id}'. "
            "Please specify an interface ID for the operation instead."
        )
        raise EC2ClientError("InvalidInstanceID", sentence)
    for eni in nics.values():
        eni.source_dest_check = str(value).lower() == "true"


corrects_property(Instance, "source_dest_check", _set_check)(_check)


@corrects(InstanceBackend, "start_instances")
def start_instances(moto: Any, self: Any, instance_ids: list[str]) -> Any:
    """A terminated instance does not come back: IncorrectInstanceState; moto revives it.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    """
    _refuse_terminated(self, instance_ids, "started")
    return moto(self, instance_ids)


@corrects(InstanceBackend, "stop_instances")
def stop_instances(moto: Any, self: Any, instance_ids: list[str]) -> Any:
    """As for StartInstances:
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html.
    """
    _refuse_terminated(self, instance_ids, "stopped")
    return moto(self, instance_ids)


def _refuse_terminated(backend: Any, instance_ids: list[str], done: str) -> None:
    for instance in backend.get_multi_instances_by_id(instance_ids):
        if instance.state == "terminated":
            sentence = (
                f"The instance '{instance.id}' is not in a state from which it can be {done}."
            )
            raise EC2ClientError("IncorrectInstanceState", sentence)

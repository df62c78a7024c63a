# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Network interfaces: attach, detach, delete, and their attributes."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.elastic_network_interfaces import NetworkInterfaceBackend
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces

from .addresses import invalid
from .patch import corrects


@corrects(NetworkInterfaceBackend, "get_network_interface")
def get_network_interface(_moto: Any, self: Any, eni_id: str) -> Any:
    """InvalidNetworkInterfaceID.NotFound, as in moto, found without a walk over all of them.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    """
    eni = self.enis.get(eni_id)
    if eni is None:
        sentence = f"The networkInterface ID '{eni_id}' does not exist"
        raise EC2ClientError("InvalidNetworkInterfaceID.NotFound", sentence)
    return eni


@corrects(NetworkInterfaceBackend, "attach_network_interface")
def attach_network_interface(
    moto: Any, self: Any, eni_id: str, instance_id: str, device_index: int
) -> Any:
    """Not while in use, only within the zone, and not at a device index that is taken.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html and
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html ("same Availability Zone").
    """
    eni = self.get_network_interface(eni_id)
    if eni.instance is not None:
        raise EC2ClientError("InvalidNetworkInterface.InUse", f"Interface: [{eni_id}] in use.")
    _check_taker(self.get_instance(instance_id), instance_id, eni, int(device_index))
    eni.delete_on_termination = False
    return moto(self, eni_id, instance_id, device_index)


def _check_taker(instance: Any, instance_id: str, eni: Any, device_index: int) -> None:
    if instance.state not in ("running", "stopped"):
        sentence = (
            f"The instance '{instance_id}' is not in a state from which an interface can "
            "be attached."
        )
        raise EC2ClientError("IncorrectInstanceState", sentence)
    if instance.availability_zone != eni.availability_zone:
        sentence = (
            "You may not attach a network interface to an instance if they are not in "
            "the same availability zone"
        )
        raise EC2ClientError("InvalidParameterCombination", sentence)
    if device_index in instance.nics:
        sentence = (
            f"Instance '{instance_id}' already has an interface attached at device index "
            f"'{device_index}'."
        )
        raise invalid(sentence)


@corrects(NetworkInterfaceBackend, "detach_network_interface")
def detach_network_interface(moto: Any, self: Any, attachment_id: str) -> None:
    """The interface at device index 0 stays; moto keeps the last one instead, whatever its index.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html (primary network interface).
    """
    eni = next((each for each in self.enis.values() if each.attachment_id == attachment_id), None)
    if eni is not None and eni.device_index == 0:
        sentence = (
            "The network interface at device index 0 and networkCard index 0 cannot be detached."
        )
        raise EC2ClientError("OperationNotPermitted", sentence)
    moto(self, attachment_id)


@corrects(ElasticNetworkInterfaces, "delete_network_interface")
def delete_network_interface(moto: Any, self: Any) -> Any:
    """Not while it is attached: InvalidParameterValue.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterface.html ("You
    must detach the network interface before you can delete it").
    """
    eni = self.ec2_backend.get_network_interface(self._get_param("NetworkInterfaceId"))
    if eni.instance is not None:
        raise invalid(f"Network interface '{eni.id}' is currently in use.")
    return moto(self)


@corrects(ElasticNetworkInterfaces, "modify_network_interface_attribute")
def modify_network_interface_attribute(moto: Any, self: Any) -> Any:
    """Attachment.DeleteOnTermination is kept, which moto drops.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html
    """
    wanted = self._get_param("Attachment.DeleteOnTermination")
    if wanted is not None:
        eni = self.ec2_backend.get_network_interface(self._get_param("NetworkInterfaceId"))
        given = self._get_param("Attachment.AttachmentId")
        if eni.attachment_id != given:
            sentence = f"The network interface attachment ID '{given}' does not exist"
            raise EC2ClientError("InvalidAttachmentID.NotFound", sentence)
        eni.delete_on_termination = wanted
    return moto(self)

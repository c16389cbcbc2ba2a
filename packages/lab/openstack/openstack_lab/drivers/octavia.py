"""Octavia: Nova's part in a load balancer. No amphora boots, but its ports are real.

So Octavia's own Neutron driver (VRRP port, security group of the VIP) works as it does in a real cloud.
"""
import types

from octavia.common import clients
from octavia.compute.drivers.noop_driver import driver
from oslo_config import cfg


class LabComputeDriver(driver.NoopComputeDriver):
    @property
    def neutron(self):
        return clients.NeutronAuth.get_neutron_client(cfg.CONF.neutron.region_name)

    def attach_network_or_port(self, compute_id, network_id=None, ip_address=None, port_id=None):
        owner = {"device_id": compute_id, "device_owner": "compute:lab"}
        if port_id:
            port = self.neutron.update_port(port_id, {"port": owner})["port"]
        else:
            port = self.neutron.create_port({"port": {**owner, "network_id": network_id}})["port"]
        return types.SimpleNamespace(net_id=port["network_id"], port_id=port["id"], fixed_ips=port["fixed_ips"])

    def detach_port(self, compute_id, port_id):
        self.neutron.update_port(port_id, {"port": {"device_id": "", "device_owner": ""}})

    def delete(self, compute_id):
        for port in self.neutron.list_ports(device_id=compute_id)["ports"]:
            self.neutron.delete_port(port["id"])

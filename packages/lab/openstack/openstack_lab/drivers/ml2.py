"""Neutron: binds every port on any host at once, as if an agent had wired it."""
from neutron_lib import constants
from neutron_lib.plugins.ml2 import api


class LabMechanismDriver(api.MechanismDriver):
    def initialize(self):
        pass

    def bind_port(self, context):
        segment = context.segments_to_bind[0]
        context.set_binding(segment[api.ID], "ovs", {"port_filter": True}, status=constants.PORT_STATUS_ACTIVE)

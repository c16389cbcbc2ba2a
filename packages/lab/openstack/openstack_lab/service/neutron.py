"""Neutron: networks, with ML2 and no agent."""
import os
import sys

from .. import settings
from ..serving import serve_wsgi

_BGPVPN = "networking_bgpvpn.neutron.services.service_drivers.driver_api.BGPVPNDriver"


def configuration(lab):
    tells_nova = "nova" in lab.services
    return {
        **settings.common(
            lab, "neutron", bind_host="127.0.0.1", bind_port=lab.ports["neutron"],
            api_paste_config=lab.path("etc", "neutron-paste.ini"), auth_strategy="keystone", core_plugin="ml2",
            service_plugins=("router", "trunk", "qos", "port_forwarding", "bgpvpn"), api_workers=0,
            dhcp_agent_notification=False, notify_nova_on_port_status_changes=tells_nova,
            notify_nova_on_port_data_changes=tells_nova, send_events_interval=0),
        "database": settings.database(lab, "neutron"),
        "keystone_authtoken": settings.authtoken(lab),
        "nova": settings.credentials(lab),
        "ml2": {
            "type_drivers": ("local", "flat", "vlan", "vxlan", "gre"),
            "tenant_network_types": "vxlan",
            # The trunk plugin loads only beside a driver that knows trunks: openvswitch. None of its agents is alive, so
            # it refuses every port, and `lab` binds it.
            "mechanism_drivers": ("openvswitch", "lab"),
            "extension_drivers": ("port_security", "qos"),
        },
        "ml2_type_flat": {"flat_networks": "*"},
        "ml2_type_vlan": {"network_vlan_ranges": "physnet1:1:4094"},
        # Neutron has a row for each number, and looks through all of them at every start
        "ml2_type_vxlan": {"vni_ranges": "1:1000"},
        "ml2_type_gre": {"tunnel_id_ranges": "1:1000"},
        "securitygroup": {"firewall_driver": "noop"},
        "service_providers": {"service_provider": f"BGPVPN:Dummy:{_BGPVPN}:default"},
    }


def _configure(lab):
    os.environ["OS_NEUTRON_CONFIG_DIR"] = lab.path("etc")
    os.environ["OS_NEUTRON_CONFIG_FILES"] = "neutron.conf"
    sys.argv = sys.argv[:1]
    from neutron import server

    server._init_configuration()


def initialise(lab):
    """The schema comes from the models: the 200 migrations would take far longer."""
    _configure(lab)
    import networking_bgpvpn.neutron.db.bgpvpn_db  # noqa: F401  (adds its tables to the models)
    from neutron.db.migration.models import head
    from neutron_lib.db import api

    head.get_metadata().create_all(api.get_writer_session().get_bind())


def serve(lab):
    _configure(lab)
    from neutron.common import config
    from neutron_lib.callbacks import events, registry, resources

    app = config.load_paste_app("neutron")
    # what Neutron's own server would tell its plugins around the fork of its workers
    for event in (events.BEFORE_SPAWN, events.AFTER_SPAWN):
        registry.publish(resources.PROCESS, event, None)
    serve_wsgi(lab, "neutron", app)

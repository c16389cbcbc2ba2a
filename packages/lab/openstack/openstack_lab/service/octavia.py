"""Octavia: API and worker in one process; the amphorae are pretended."""
import subprocess
import sys

from .. import settings
from ..lab import PASSWORD, REGION
from ..serving import serve_wsgi, wait_for


def configuration(lab):
    ca = lab.path("etc", "octavia-ca.pem")
    manager = "barbican" if "barbican" in lab.services else "local"
    return {
        **settings.common(lab, "octavia"),
        "database": settings.database(lab, "octavia"),
        "keystone_authtoken": settings.authtoken(lab),
        "service_auth": settings.credentials(lab),
        "api_settings": {
            "bind_host": "127.0.0.1", "bind_port": lab.ports["octavia"], "auth_strategy": "keystone",
            "enabled_provider_drivers": "amphora:The Octavia Amphora driver.", "default_provider_driver": "amphora",
        },
        "controller_worker": {
            "amphora_driver": "amphora_noop_driver", "compute_driver": "lab", "image_driver": "image_noop_driver",
            "volume_driver": "volume_noop_driver", "network_driver": "allowed_address_pairs_driver",
            "amp_flavor_id": "lab", "client_ca": ca, "workers": 1,
        },
        "certificates": {
            "ca_certificate": ca, "ca_private_key": lab.path("etc", "octavia-ca.key"),
            "ca_private_key_passphrase": PASSWORD,
            "server_certs_key_passphrase": PASSWORD.ljust(32, "-"),  # a Fernet key: 32 characters
            "cert_manager": manager + "_cert_manager",
        },
        "haproxy_amphora": {"server_ca": ca, "client_cert": ca},
        "health_manager": {"heartbeat_key": PASSWORD},
        "neutron": {"region_name": REGION},
        "networking": {"retry_interval": 0},
        "task_flow": {"engine": "serial"},
    }


def initialise(lab):
    """The schema comes from the models (the migrations do not run everywhere), with the rows that those would add."""
    _certificate_authority(lab)
    from octavia.common import config
    from octavia.db import api, base_models, models  # noqa: F401  (models registers the tables)

    config.init(sys.argv[1:])
    engine, metadata = api.get_engine(), base_models.BASE.metadata
    metadata.create_all(engine)
    with engine.begin() as connection:
        for table, names in _lookup_tables().items():
            connection.execute(metadata.tables[table].insert(), [{"name": name} for name in sorted(set(names))])


def _lookup_tables():
    """Tables of names to which others refer; empty ones fail the first request."""
    from octavia.common import constants

    return {
        "provisioning_status": [
            *constants.SUPPORTED_PROVISIONING_STATUSES, constants.AMPHORA_BOOTING, constants.AMPHORA_READY,
            constants.AMPHORA_ALLOCATED, constants.AMPHORA_FAILOVER_STOPPED],
        "operating_status": constants.SUPPORTED_OPERATING_STATUSES,
        "protocol": constants.SUPPORTED_PROTOCOLS,
        "algorithm": constants.SUPPORTED_LB_ALGORITHMS,
        "amphora_roles": constants.SUPPORTED_AMPHORA_ROLES,
        "lb_topology": constants.SUPPORTED_LB_TOPOLOGIES,
        "session_persistence_type": constants.SUPPORTED_SP_TYPES,
        "health_monitor_type": constants.SUPPORTED_HEALTH_MONITOR_TYPES,
        "vrrp_auth_method": constants.SUPPORTED_VRRP_AUTH,
        "l7rule_type": constants.SUPPORTED_L7RULE_TYPES,
        "l7rule_compare_type": constants.SUPPORTED_L7RULE_COMPARE_TYPES,
        "l7policy_action": constants.SUPPORTED_L7POLICY_ACTIONS,
        "client_authentication_mode": constants.SUPPORTED_CLIENT_AUTH_MODES,
    }


def _certificate_authority(lab):
    """The authority with which Octavia signs a certificate for each pretended amphora."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-days", "3650", "-subj", "/CN=lab",
         "-passout", "pass:" + PASSWORD, "-keyout", lab.path("etc", "octavia-ca.key"),
         "-out", lab.path("etc", "octavia-ca.pem")], check=True, stderr=subprocess.DEVNULL)


def serve(lab):
    from octavia.api import app

    api = app.setup_app(argv=sys.argv)
    from octavia.controller.queue.v2.consumer import ConsumerService
    from oslo_config import cfg

    wait_for(lab, "keystone", "neutron")
    ConsumerService(0, cfg.CONF).run()
    serve_wsgi(lab, "octavia", api)

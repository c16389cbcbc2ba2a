"""Cinder: API, scheduler and volume with a driver that keeps no data, all in one process."""
import sys

from .. import settings
from ..lab import HOST
from ..serving import wait_for, when_ready

_BACKEND = "fake"


def configuration(lab):
    return {
        **settings.common(
            lab, "cinder", host=HOST, my_ip="127.0.0.1", osapi_volume_listen="127.0.0.1",
            osapi_volume_listen_port=lab.ports["cinder"], osapi_volume_workers=1,
            api_paste_config=lab.path("etc", "cinder-paste.ini"), auth_strategy="keystone",
            enabled_backends=_BACKEND, default_volume_type="__DEFAULT__", storage_availability_zone=lab.zone,
            resource_query_filters_file=lab.path("etc", "cinder-filters.json")),
        "database": settings.database(lab, "cinder"),
        "keystone_authtoken": settings.authtoken(lab),
        "nova": settings.credentials(lab),
        "service_user": settings.service_user(lab),
        _BACKEND: {"volume_driver": "openstack_lab.drivers.cinder.LabVolumeDriver", "volume_backend_name": _BACKEND},
    }


def _configure():
    from cinder import objects
    from cinder.common import config
    from oslo_config import cfg
    from oslo_log import log

    objects.register_all()
    cfg.CONF(sys.argv[1:], project="cinder")
    config.set_middleware_defaults()
    log.setup(cfg.CONF, "cinder")


def initialise(lab):
    _configure()
    from cinder.db import migration

    migration.db_sync()


def serve(lab):
    _configure()
    import os_brick
    from cinder import coordination, rpc, service
    from oslo_config import cfg
    from oslo_service.service import ServiceLauncher

    os_brick.setup(cfg.CONF)
    wait_for(lab, "keystone")
    coordination.COORDINATOR.start()
    rpc.init(cfg.CONF)
    launcher = ServiceLauncher(cfg.CONF)  # Cinder's own would fork, and so cut the in-memory transport
    volume = service.Service.create(
        host=f"{HOST}@{_BACKEND}", service_name=_BACKEND, binary="cinder-volume", coordination=True)
    for part in (service.Service.create(binary="cinder-scheduler"), volume, service.WSGIService("osapi_volume")):
        launcher.launch_service(part)
    when_ready(lab, "cinder", lambda: _schedulable(volume))
    launcher.wait()


def _schedulable(volume):
    """Wait until a volume could be scheduled."""
    import eventlet

    while not volume.backend_rpcserver:
        eventlet.sleep(0.05)
    volume.report_state()  # by itself only after ten seconds; until then a restarted backend passes for dead

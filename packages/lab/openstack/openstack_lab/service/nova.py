"""Nova: API, conductor, scheduler and compute with the fake hypervisor, all in one process."""
import sys

from .. import settings
from ..lab import HOST, REGION
from ..serving import wait_for, when_ready


def configuration(lab):
    return {
        **settings.common(
            lab, "nova", host=HOST, my_ip="127.0.0.1", compute_driver="fake.FakeDriver",
            instances_path=lab.path("state", "nova", "instances"), enabled_apis="osapi_compute",
            osapi_compute_listen="127.0.0.1", osapi_compute_listen_port=lab.ports["nova"], osapi_compute_workers=1,
            # no agent will ever say that a port is wired
            vif_plugging_is_fatal=False, vif_plugging_timeout=0,
            # after a restart the hypervisor has forgotten its instances; the database keeps them ACTIVE
            sync_power_state_interval=-1),
        "database": settings.database(lab, "nova_cell1"),
        "api_database": settings.database(lab, "nova_api"),
        "keystone_authtoken": settings.authtoken(lab),
        "placement": settings.credentials(lab),
        "neutron": settings.credentials(lab),
        "service_user": settings.service_user(lab),
        "wsgi": {"api_paste_config": lab.path("etc", "nova-paste.ini")},
        "glance": {"region_name": REGION},
        "cinder": {"os_region_name": REGION},
        "vnc": {"enabled": False},
        "upgrade_levels": {"compute": "auto"},
    }


def initialise(lab):
    from nova import config
    from nova.cmd import manage

    config.parse_args(sys.argv)
    manage.ApiDbCommands().sync()
    cells = manage.CellV2Commands()
    cells.map_cell0(database_connection=settings.database_url(lab, "nova_cell0"))
    cells.create_cell(name="cell1", database_connection=settings.database_url(lab, "nova_cell1"),
                      transport_url="fake:///")
    manage.DbCommands().sync()


def serve(lab):
    import os_vif
    from nova import config, objects, service
    import nova.conf
    from oslo_log import log
    from oslo_service.service import ServiceLauncher

    config.parse_args(sys.argv)
    log.setup(nova.conf.CONF, "nova")
    objects.register_all()
    os_vif.initialize()
    objects.Service.enable_min_version_cache()
    wait_for(lab, "keystone", "placement")
    launcher = ServiceLauncher(nova.conf.CONF)
    parts = [service.Service.create(binary="nova-" + topic, topic=topic)
             for topic in ("conductor", "scheduler", "compute")]
    for part in (*parts, service.WSGIService("osapi_compute")):
        launcher.launch_service(part)
    when_ready(lab, "nova", lambda: _schedulable(parts))
    launcher.wait()


def _schedulable(parts):
    """Wait until a server could be scheduled."""
    import eventlet
    from nova import context
    from nova.objects import HostMappingList, host_mapping

    while not all(part.rpcserver for part in parts):
        eventlet.sleep(0.05)
    # Nova reports for the first time after five seconds; until then the scheduler takes a restarted host for dead.
    for part in parts:
        part.service_ref.report_count += 1
        part.service_ref.save()
    admin = context.get_admin_context()
    while not HostMappingList.get_all(admin) and not host_mapping.discover_hosts(admin):
        eventlet.sleep(0.05)

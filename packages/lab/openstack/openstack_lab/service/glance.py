"""Glance: images, kept as files."""
import sys

from .. import settings
from ..serving import ready


def configuration(lab):
    return {
        **settings.common(
            lab, "glance", bind_host="127.0.0.1", bind_port=lab.ports["glance"], workers=0,
            node_staging_uri="file://" + lab.path("state", "glance", "staging")),
        "database": settings.database(lab, "glance"),
        "keystone_authtoken": settings.authtoken(lab),
        "glance_store": {"stores": "file", "default_store": "file", "filesystem_store_datadir": lab.path("images")},
        "paste_deploy": {"flavor": "keystone", "config_file": lab.path("etc", "glance-paste.ini")},
    }


def initialise(lab):
    sys.argv += ["db_sync"]
    from glance.cmd import manage

    manage.main()


def serve(lab):
    from glance.cmd import api

    ready(lab, "glance")  # it listens by itself; `start` waits for its endpoint too
    api.main()

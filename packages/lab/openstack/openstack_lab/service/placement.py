"""Placement: what the compute host has, and who uses it."""
import os
import sys

from .. import settings
from ..serving import serve_wsgi


def configuration(lab):
    return {
        **settings.common(lab, "placement"),
        "placement_database": settings.database(lab, "placement"),
        "keystone_authtoken": settings.authtoken(lab),
    }


def initialise(lab):
    os.environ["OS_PLACEMENT_CONFIG_DIR"] = lab.path("etc")
    sys.argv += ["db", "sync"]
    from placement.cmd import manage

    manage.main()


def serve(lab):
    os.environ["OS_PLACEMENT_CONFIG_DIR"] = lab.path("etc")
    sys.argv = sys.argv[:1]
    from placement import wsgi

    serve_wsgi(lab, "placement", wsgi.init_application())

"""Barbican: secrets, encrypted with a key from the configuration."""
import base64
import sys

from .. import settings
from ..lab import PASSWORD
from ..serving import serve_wsgi


def configuration(lab):
    return {
        **settings.common(
            lab, "barbican", host_href=f"http://127.0.0.1:{lab.ports['barbican']}",
            sql_connection=settings.database_url(lab, "barbican"), db_auto_create=True),
        "keystone_authtoken": settings.authtoken(lab),
        "secretstore": {"enabled_secretstore_plugins": "store_crypto"},
        "crypto": {"enabled_crypto_plugins": "simple_crypto"},
        "simple_crypto_plugin": {"kek": base64.b64encode(PASSWORD.ljust(32).encode()).decode()},
        "queue": {"enable": False},
    }


def initialise(lab):
    """It makes its tables by itself when it starts (`db_auto_create`)."""


def serve(lab):
    from barbican.common import config
    from paste import deploy

    config.CONF(sys.argv[1:], project="barbican")
    serve_wsgi(lab, "barbican", deploy.loadapp("config:" + lab.path("etc", "barbican-paste.ini")))

"""Keystone: identity, and the catalogue of all services."""
import base64
import secrets

from .. import settings
from ..serving import serve_wsgi


def configuration(lab):
    fernet = {"key_repository": lab.path("etc", "fernet-keys")}
    return {
        **settings.common(lab, "keystone"),
        "database": settings.database(lab, "keystone"),
        "fernet_tokens": fernet,
        "fernet_receipts": fernet,
        "credential": {"key_repository": lab.path("etc", "credential-keys")},
        "identity": {"password_hash_rounds": 4},  # the least: it would be most of a token's cost
        "cache": {"enabled": True, "backend": "oslo_cache.dict"},
    }


def initialise(lab):
    for repository in ("fernet-keys", "credential-keys"):
        for name in "01":
            key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
            lab.write(f"etc/{repository}/{name}", key, 0o600)
    from keystone.common import sql
    from keystone.common.sql import upgrades
    from keystone.server import configure

    configure(config_files=[lab.configuration_file("keystone")])
    sql.initialize()
    upgrades.offline_sync_database_to_version()
    from ..bootstrap import bootstrap

    bootstrap(lab)


def serve(lab):
    from keystone.server.flask import core

    serve_wsgi(lab, "keystone", core.initialize_application(
        name="public", config_files=[lab.configuration_file("keystone")]))

"""Sections that several services' configurations have in common."""
from .lab import PASSWORD, REGION
from .services import DATABASE_PORT


def common(lab, service, **defaults):
    """What every service has: DEFAULT with the service's own options, and where its state and policy are."""
    state = lab.path("state", service)
    return {
        "DEFAULT": {"debug": False, "state_path": state, "transport_url": "fake:///", **defaults},
        "oslo_concurrency": {"lock_path": state},
        # an empty one: what the packages bring in code is the policy
        "oslo_policy": {"policy_file": lab.path("etc", "policy.yaml")},
    }


def database_url(lab, name):
    """How SQLAlchemy reaches a database of the lab."""
    return f"mysql+pymysql://lab:{PASSWORD}@127.0.0.1:{DATABASE_PORT + lab.shift}/{name}?charset=utf8"


def database(lab, name):
    """A section that names a database."""
    return {"connection": database_url(lab, name)}


def credentials(lab):
    """How a service talks to the others: all of them are the one user `service`."""
    return {
        "auth_type": "password",
        "auth_url": lab.url("keystone"),
        "username": "service",
        "password": PASSWORD,
        "project_name": "service",
        "user_domain_id": "default",
        "project_domain_id": "default",
        "region_name": REGION,
    }


def authtoken(lab):
    """How a service checks the tokens of its callers."""
    return {
        **credentials(lab),
        "www_authenticate_uri": lab.url("keystone"),
        "service_token_roles": "service",
        "service_token_roles_required": True,
    }


def service_user(lab):
    """A service that adds a token of its own to its user's: Cinder detaches volumes for nobody else."""
    return {**credentials(lab), "send_service_user_token": True}

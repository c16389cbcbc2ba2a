"""The first entries of Keystone: what the services need to start. No HTTP; runs inside Keystone's own process."""
import uuid

from keystone.cmd.bootstrap import Bootstrapper
from keystone.common.provider_api import ProviderAPIs

from .lab import PASSWORD, REGION
from .services import SERVICES

# services that ask for roles of their own: here they come with the ordinary ones
_OWN_ROLES = {
    "octavia": {"load-balancer_member": "member", "load-balancer_admin": "admin"},
    "barbican": {"creator": "member"},
}


def bootstrap(lab):
    """Admin, roles, the user `service`, and the catalogue."""
    boot = Bootstrapper()
    boot.admin_username = boot.project_name = boot.admin_role_name = "admin"
    boot.admin_password = PASSWORD
    boot.region_id = REGION
    boot.service_name = "keystone"
    boot.public_url = boot.internal_url = boot.admin_url = lab.url("keystone")
    boot.bootstrap()
    _service_user(boot.admin_role_id)
    givers = {"member": boot.member_role_id, "admin": boot.admin_role_id}
    for service in lab.services:
        for role, giver in _OWN_ROLES.get(service, {}).items():
            _role(role, given_with=givers[giver])
        if service != "keystone":
            _catalogue_entry(service, SERVICES[service].type, lab.url(service))


def _role(name, given_with=None):
    role = uuid.uuid4().hex
    ProviderAPIs.role_api.create_role(role, {"id": role, "name": name})
    if given_with:
        ProviderAPIs.role_api.create_implied_role(given_with, role)
    return role


def _service_user(admin_role):
    project = uuid.uuid4().hex
    ProviderAPIs.resource_api.create_project(
        project, {"id": project, "name": "service", "domain_id": "default", "enabled": True})
    user = ProviderAPIs.identity_api.create_user(
        {"name": "service", "password": PASSWORD, "domain_id": "default", "enabled": True})
    for role in (admin_role, _role("service")):
        ProviderAPIs.assignment_api.create_grant(role, user_id=user["id"], project_id=project)


def _catalogue_entry(name, type_, url):
    service = uuid.uuid4().hex
    ProviderAPIs.catalog_api.create_service(
        service, {"id": service, "type": type_, "name": name, "enabled": True})
    for interface in ("public", "internal", "admin"):
        endpoint = uuid.uuid4().hex
        ProviderAPIs.catalog_api.create_endpoint(endpoint, {
            "id": endpoint, "service_id": service, "region_id": REGION, "enabled": True,
            "interface": interface, "url": url})

"""Writes a lab's files: the services' configuration and the users' `clouds.yaml`."""
import importlib
import os
import shutil

from . import ini
from .lab import MEMBER, PASSWORD, PROJECT, REGION

_STATIC = os.path.join(os.path.dirname(__file__), "etc")
"""Files that are the same in every lab: what the python3-* packages leave to others that also start daemons."""


def configure(lab):
    """Everything that follows from the lab's settings. May be repeated."""
    for directory in ("etc", "log", "run", "state", "images"):
        os.makedirs(lab.path(directory), exist_ok=True)
    lab.write("etc/policy.yaml", "{}\n")
    shutil.copytree(_STATIC, lab.path("etc"), dirs_exist_ok=True)
    for service in lab.services:
        os.makedirs(lab.path("state", service), exist_ok=True)
        module = importlib.import_module(f"{__package__}.service.{service}")
        lab.write(f"etc/{service}.conf", ini.render(module.configuration(lab)), 0o600)
    lab.write("clouds.yaml", _clouds(lab), 0o600)


def _clouds(lab):
    """Cloud `lab` is an administrator, `lab-member` an ordinary member; both work in the same project."""
    return "clouds:\n" + _cloud(lab, "lab", "admin") + _cloud(lab, "lab-member", MEMBER)


def _cloud(lab, name, user):
    return f"""\
  {name}:
    auth:
      auth_url: {lab.url("keystone")}
      username: {user}
      password: {PASSWORD}
      project_name: {PROJECT}
      user_domain_id: default
      project_domain_id: default
    region_name: {REGION}
    identity_api_version: 3
"""

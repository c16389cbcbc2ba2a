"""The table of services: which there are, where they listen, what each needs."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    """One OpenStack service."""

    name: str
    type: str
    """Its type in Keystone's catalogue."""
    port: int
    """The port that it has in OpenStack by custom; a lab adds its shift."""
    packages: tuple[str, ...]
    """Debian packages. The python3-* ones carry no daemon, no user and no debconf question."""
    path: str = ""
    """Path of its endpoint in the catalogue."""
    requires: tuple[str, ...] = ()
    """Services without which it does not start."""
    databases: tuple[str, ...] = ()
    """Its databases. Default: one of its own name."""


# those whose import takes longest come first, so that the slowest start begins earliest
_ALL = (
    Service("nova", "compute", 8774, ("python3-nova",), path="/v2.1",
            requires=("keystone", "placement", "glance", "neutron"),
            databases=("nova_api", "nova_cell0", "nova_cell1")),
    Service("octavia", "load-balancer", 9876, ("python3-octavia", "python3-octaviaclient"),
            requires=("keystone", "neutron")),
    Service("neutron", "network", 9696, ("python3-neutron", "python3-networking-bgpvpn"), requires=("keystone",)),
    Service("keystone", "identity", 5000, ("python3-keystone",), path="/v3"),
    Service("cinder", "volumev3", 8776, ("python3-cinder",), path="/v3/%(project_id)s", requires=("keystone",)),
    Service("glance", "image", 9292, ("python3-glance",), requires=("keystone",)),
    Service("barbican", "key-manager", 9311, ("python3-barbican", "python3-barbicanclient"), requires=("keystone",)),
    Service("placement", "placement", 8778, ("python3-placement",), requires=("keystone",)),
)

SERVICES = {service.name: service for service in _ALL}

DEFAULT_SERVICES = ("keystone", "placement", "glance", "neutron", "nova")

DATABASE_PORT = 13306

COMMON_PACKAGES = ("mariadb-server-core", "python3-pymysql", "python3-openstackclient", "openssl")
"""What every lab needs. mariadb-server-core is the server alone: no daemon, no user."""


def closure(names):
    """The services named and all that they require, in the order in which they are started."""
    unknown = sorted(set(names) - set(SERVICES))
    if unknown:
        raise ValueError(f"no such service: {', '.join(unknown)} (there are: {', '.join(sorted(SERVICES))})")
    wanted, queue = set(), list(names)
    while queue:
        name = queue.pop()
        if name not in wanted:
            wanted.add(name)
            queue.extend(SERVICES[name].requires)
    return tuple(name for name in SERVICES if name in wanted)


def databases(names):
    """The databases of these services."""
    return [database for name in names for database in SERVICES[name].databases or (name,)]


def packages(names):
    """The Debian packages of these services and of the lab itself."""
    return sorted({*COMMON_PACKAGES, *(package for name in names for package in SERVICES[name].packages)})

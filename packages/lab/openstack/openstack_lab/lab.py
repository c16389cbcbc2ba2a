"""One lab: its directory, its settings, and what follows from them."""
import contextlib
import fcntl
import json
import os

from .ports import ports_of
from .services import SERVICES

REGION = "RegionOne"
PASSWORD = "secret"
"""Of every user. A lab listens on the loopback only and holds nothing of worth."""
PROJECT = "demo"
"""The project in which one tries things out."""
MEMBER = "demo"
"""Its ordinary member."""
DEFAULT_ZONE = "nova"
"""The availability zone that Nova gives to hosts which are in none."""
HOST = "lab"
"""Name of the one compute host."""


class Lab:
    """A lab that has its settings, which are fixed when its directory is made (`lab.json`)."""

    def __init__(self, directory, services, shift, zone):
        self.dir = os.path.abspath(directory)
        self.services = services
        self.shift = shift
        self.zone = zone
        self.ports = ports_of(services, shift)

    @classmethod
    def load(cls, directory):
        """The lab whose settings lie in the directory, or None."""
        try:
            with open(os.path.join(directory, "lab.json")) as file:
                made = json.load(file)
        except FileNotFoundError:
            return None
        return cls(directory, tuple(made["services"]), made["portShift"], made["zone"])

    def save(self):
        """Keep the settings, and for other programs the ports that follow from them."""
        os.makedirs(self.dir, exist_ok=True)
        self.write("lab.json", json.dumps({
            "services": self.services, "portShift": self.shift, "zone": self.zone, "ports": self.ports,
        }, indent=2) + "\n")

    def path(self, *parts):
        return os.path.join(self.dir, *parts)

    def url(self, service):
        """The endpoint of a service."""
        return f"http://127.0.0.1:{self.ports[service]}{SERVICES[service].path}"

    def configuration_file(self, service):
        return self.path("etc", service + ".conf")

    def write(self, name, text, mode=0o644):
        """Write a file of the lab; it is never seen half-written."""
        path = self.path(*name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
            os.fchmod(file.fileno(), mode)
            file.write(text)
        os.replace(path + ".new", path)


@contextlib.contextmanager
def locked(directory):
    """One command at a time changes what runs in a lab's directory; the next one waits."""
    os.makedirs(directory, exist_ok=True)
    with open(os.path.join(directory, "lock"), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

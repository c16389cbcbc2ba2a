"""Where a lab listens: the customary ports plus a shift, so that several labs stand side by side."""
import contextlib
import fcntl
import glob
import json
import os
import socket
import tempfile

from .services import DATABASE_PORT, SERVICES

# The customary ports differ in what they leave when they are divided by 500, so two labs with different shifts never share a
# port. The highest stays below 20000: from there on the other parts of the lab, and the kernel, choose theirs.
SHIFTS = range(0, 7_000, 500)

# To these no browser speaks HTTP, nor does the fetch of Node (https://fetch.spec.whatwg.org/#port-blocking, from 1024).
BLOCKED = {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080}


def ports_of(services, shift):
    """Every port on which a lab with these services listens, by name."""
    return {"mariadb": DATABASE_PORT + shift, **{name: SERVICES[name].port + shift for name in services}}


def obstacle(services, shift):
    """Why the shift will not do for these services, or None."""
    for name, port in ports_of(services, shift).items():
        if port in BLOCKED:
            return f"port {port} of {name} is one to which browsers and fetch refuse to speak"
        if taken(port):
            return f"port {port} of {name} is taken by another program"
    return None


def taken(port):
    """Whether something listens on the port already.

    It has to be asked: the services' listeners set SO_REUSEPORT, so a second one on the same port would start happily
    and take half of the requests.
    """
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_shift(services, remembered=()):
    """The smallest shift with which all ports are free, now and when the labs run that remember ports of their own."""
    others = set(remembered)
    for shift in SHIFTS:
        if not others.intersection(ports_of(services, shift).values()) and not obstacle(services, shift):
            return shift
    raise SystemExit("no free ports: too many labs are on this machine")


def remembered_ports(directory):
    """The ports of the OpenStacks of the labs beside the one whose OpenStack has this directory, running or not."""
    pattern = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(directory))), "*", "*", "lab.json")
    for name in glob.glob(pattern):
        with contextlib.suppress(OSError):  # its lab was removed meanwhile
            with open(name) as file:
                yield from json.load(file)["ports"].values()


@contextlib.contextmanager
def one_start_at_a_time():
    """Held by whoever starts a lab, on the whole machine.

    A port is only known to be taken when somebody listens on it: of two labs that start side by side both would find the
    same ports free, and both would make their tables in the one database.
    """
    with open(os.path.join(tempfile.gettempdir(), f"plinth-openstack-{os.getuid()}.lock"), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

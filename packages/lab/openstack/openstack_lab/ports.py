"""Where a lab listens: the customary ports plus a shift, so that several labs stand side by side."""
import socket

from .services import DATABASE_PORT, SERVICES

# The customary ports differ in their last three digits, so two labs whose shifts are different thousands never share
# a port. From 32768 on the kernel hands out ports to outgoing connections.
SHIFTS = range(0, 20_000, 1_000)


def ports_of(services, shift):
    """Every port on which a lab with these services listens, by name."""
    return {"mariadb": DATABASE_PORT + shift, **{name: SERVICES[name].port + shift for name in services}}


def taken(port):
    """Whether something listens on the port already.

    It has to be asked: the services' listeners set SO_REUSEPORT, so a second one on the same port would start happily
    and take half of the requests.
    """
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_shift(services):
    """The smallest shift with which all ports are free."""
    for shift in SHIFTS:
        if not any(taken(port) for port in ports_of(services, shift).values()):
            return shift
    raise SystemExit("no free ports: too many labs run on this machine")

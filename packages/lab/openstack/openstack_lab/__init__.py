"""A real OpenStack control plane on the loopback, from Debian 12's packages, small enough for tests.

Everything of one lab lives in one directory (configuration, databases, logs, images). There is one MariaDB and one
process for each service, and no message broker: the parts of Nova (API, conductor, scheduler, compute with the fake
hypervisor), of Octavia (API, worker) and of Cinder (API, scheduler, volume) share their process and talk over
oslo.messaging's in-memory transport.

Only the modules under `service` and `drivers` import anything of OpenStack's, and only inside a service's process.
"""

"""Brings processes of a lab up and waits until they answer."""
import os
import time

from . import database
from .ports import taken
from .processes import DATABASE, log_tail, spawn_worker, stop
from .status import answers


def launch(lab, names, timeout):
    """Start the database and services named; whatever is said to be down counts as not running.

    When one fails, or the user interrupts, those that were started are ended.
    """
    try:
        stop(lab, *names)
        for name in names:
            if taken(lab.ports[name]):
                raise SystemExit(f"port {lab.ports[name]} of {name} is taken by another program")
        if DATABASE in names:
            database.start(lab)
        _services(lab, [name for name in names if name != DATABASE], timeout)
    except BaseException:
        stop(lab, *sorted(names, key=lambda name: name == DATABASE))
        raise


def _services(lab, services, timeout):
    began = time.monotonic()
    waiting = {service: spawn_worker(lab, "serve", service) for service in services}
    while waiting:
        for service, process in list(waiting.items()):
            if process.poll() is not None:
                raise SystemExit(f"{service} did not start:\n{log_tail(lab, service)}")
            if os.path.exists(lab.path("run", service + ".ready")) and answers(lab, service):
                del waiting[service]
                print(f"{service} answers after {time.monotonic() - began:.1f} s", flush=True)
        if time.monotonic() - began > timeout:
            raise SystemExit(f"not ready after {timeout:.0f} s: {', '.join(waiting)}")
        time.sleep(0.1)

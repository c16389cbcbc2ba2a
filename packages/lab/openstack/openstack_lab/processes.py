"""The processes of a lab: started, remembered by pid files, ended."""
import contextlib
import os
import signal
import subprocess
import time

from .services import SERVICES

PYTHON = "/usr/bin/python3"
"""Debian's own: the python3-* packages belong to it, and the first one on PATH may be another."""

DATABASE = "mariadb"

_GRACE = 5  # seconds between SIGTERM and SIGKILL


def spawn(lab, name, command, **options):
    """Start a process of the lab, in a session of its own; what it prints goes to its log."""
    with open(lab.path("log", name + ".log"), "a") as log:
        process = subprocess.Popen(command, cwd=lab.dir, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                   start_new_session=True, **options)
    with contextlib.suppress(ProcessLookupError):  # it has ended already: its exit code will say so
        lab.write(f"run/{name}.pid", f"{process.pid} {_born(process.pid)}\n")
    return process


def spawn_worker(lab, action, service):
    """Start a service's own process (see `worker`)."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OS_", "PYTHON"))}
    environment["PYTHONPATH"] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    environment["XDG_CACHE_HOME"] = lab.path("state", "cache")
    # -B: no bytecode beside the lab's own source; -P: the working directory is no place for modules
    command = [PYTHON, "-BP", "-m", f"{__package__}.worker", action, service, lab.dir]
    return spawn(lab, service, command, env=environment)


def running(lab, name):
    """The pid of a process of the lab, or None when that very process is no longer there."""
    try:
        with open(lab.path("run", name + ".pid")) as file:
            pid, born = file.read().split()
        return int(pid) if _born(int(pid)) == born else None
    except (OSError, ValueError):
        return None


def _born(pid):
    """When a process started, in clock ticks: with the pid it names one process for good."""
    with open(f"/proc/{pid}/stat") as file:
        state, *rest = file.read().rpartition(")")[2].split()
    if state == "Z":
        raise ProcessLookupError(pid)
    return rest[18]


def log_tail(lab, name, lines=25):
    """The end of a process's log."""
    with open(lab.path("log", name + ".log"), errors="replace") as file:
        return "".join(file.readlines()[-lines:])


def stop(lab, *names):
    """End these processes and wait until they have gone: politely at first, after some seconds for certain."""
    for signum in (signal.SIGTERM, signal.SIGKILL):
        for name in names:
            pid = running(lab, name)
            if pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signum)
        deadline = time.monotonic() + _GRACE
        while any(running(lab, name) for name in names) and time.monotonic() < deadline:
            time.sleep(0.05)
    left = [name for name in names if running(lab, name)]
    if left:
        raise SystemExit(f"still running: {', '.join(left)}")
    for name in names:
        for suffix in (".pid", ".ready"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(lab.path("run", name + suffix))


def stop_all(lab):
    """End the services, and then the database that they use."""
    stop(lab, *SERVICES)
    stop(lab, DATABASE)

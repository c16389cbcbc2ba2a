"""The Debian packages of a lab."""
import contextlib
import os
import subprocess

from .services import packages

_POLICY = "/usr/sbin/policy-rc.d"
_APT_OPTIONS = (
    "-o", "DPkg::Lock::Timeout=600",  # wait for another apt
    "-o", "Dpkg::Options::=--force-unsafe-io",  # several times as fast; a package lost in a power cut is fetched again
)


def missing(services):
    """The packages of these services that are not installed."""
    wanted = packages(services)
    # it fails, and says so on stderr, when it knows nothing of one of them; the others are listed all the same
    query = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n", *wanted],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    installed = {line.split()[1] for line in query.stdout.splitlines() if line.startswith("installed ")}
    return [package for package in wanted if package not in installed]


def install(services):
    """Install what is missing. Needs root."""
    wanted = missing(services)
    if not wanted:
        print("all packages are installed")
        return
    if os.geteuid() != 0:
        raise SystemExit(f"only root can install packages: {' '.join(wanted)}")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with no_daemons():
        for command in (["update"], ["install", "-y", "--no-install-recommends", *wanted]):
            if subprocess.run(["apt-get", "-q", *_APT_OPTIONS, *command], env=environment, check=False).returncode:
                raise SystemExit(f"apt-get {command[0]} failed")


@contextlib.contextmanager
def no_daemons(policy=_POLICY):
    """Keep packages from starting daemons: those of the lab have none, but some that they depend on do (open-iscsi)."""
    try:
        descriptor = os.open(policy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o755)
    except FileExistsError:  # the machine has a policy of its own
        yield
        return
    try:
        with open(descriptor, "w") as file:
            file.write("#!/bin/sh\nexit 101\n")
        os.chmod(policy, 0o755)
        yield
    finally:
        os.unlink(policy)

"""The commands: `/usr/bin/python3 -m openstack_lab COMMAND`."""
import argparse
import json
import shlex
import sys

from . import install, seed
from .lab import DEFAULT_ZONE, Lab, locked
from .ports import free_shift, obstacle, one_start_at_a_time, remembered_ports
from .processes import stop_all
from .services import DEFAULT_SERVICES, SERVICES, closure
from .start import start
from .status import print_status, status


def _services(text):
    try:
        return closure(tuple(SERVICES) if text == "all" else tuple(text.split(",")))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _parser():
    parser = argparse.ArgumentParser(prog="openstack_lab", description="A real OpenStack on the loopback.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name, text, directory=True):
        added = commands.add_parser(name, help=text, description=text)
        if directory:
            added.add_argument("--dir", required=True, help="the lab's directory")
        return added

    def services(added, when=""):
        added.add_argument("--services", type=_services, metavar="A,B",
                           help=f"{when}which services, or `all` (default: {','.join(DEFAULT_SERVICES)})")

    services(command("install", "install the Debian packages (as root)", directory=False))
    services(command("packages", "list the Debian packages that `install` would install", directory=False))
    added = command("start", "make the lab on first use, and start what does not run")
    services(added, "first start: ")
    added.add_argument("--fresh", action="store_true", help="forget everything that was made since the first start")
    added.add_argument("--port-shift", type=int, metavar="N",
                       help="first start: added to every port (default: the first multiple of 500 that is free)")
    added.add_argument("--zone", metavar="NAME",
                       help=f"first start: Nova's availability zone (default: {DEFAULT_ZONE})")
    added.add_argument("--timeout", type=float, default=180, help="seconds to wait for the services at most")
    command("stop", "stop everything")
    command("status", "what runs").add_argument("--json", action="store_true", help="as one JSON array")
    command("env", "print `export` lines for an administrator's shell")
    command("seed", "make as an administrator what a test wants to find").add_argument(
        "what", choices=["provider-network"])
    return parser


def _made(args):
    """The lab of the directory, made with what the command line says when there is none."""
    lab = Lab.load(args.dir)
    if lab is None:
        services = args.services or closure(DEFAULT_SERVICES)
        shift = args.port_shift
        if shift is None:
            shift = free_shift(services, remembered_ports(args.dir))
        reason = obstacle(services, shift)
        if reason:
            raise SystemExit(f"{reason}: take another --port-shift")
        lab = Lab(args.dir, services, shift, args.zone or DEFAULT_ZONE)
        lab.save()
    for option, given, has in (("--services", args.services, lab.services), ("--zone", args.zone, lab.zone),
                               ("--port-shift", args.port_shift, lab.shift)):
        if given is not None and given != has:
            raise SystemExit(f"the lab in {args.dir} was made with {option} {_text(has)}, not {_text(given)}: "
                             "stop it and remove the directory to change that")
    return lab


def _text(value):
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _start(args):
    with locked(args.dir):
        with one_start_at_a_time():
            start(_made(args), args.fresh, args.timeout)


def _stop(lab, _):
    with locked(lab.dir):
        stop_all(lab)


def _status(lab, args):
    entries = status(lab)
    print_status(entries, args.json)
    return 0 if all(entry["state"] == "up" for entry in entries) else 1


def _env(lab, _):
    print(f"export OS_CLIENT_CONFIG_FILE={shlex.quote(lab.path('clouds.yaml'))} OS_CLOUD=lab")


def _seed(lab, _):
    print(json.dumps(seed.provider_network(lab)))


def _install(args):
    install.install(args.services or closure(DEFAULT_SERVICES))


def _packages(args):
    for package in install.missing(args.services or closure(DEFAULT_SERVICES)):
        print(package)


def main():
    args = _parser().parse_args()
    without_lab = {"install": _install, "packages": _packages, "start": _start}
    if args.command in without_lab:
        return without_lab[args.command](args)
    lab = Lab.load(args.dir)
    if lab is None:
        raise SystemExit(f"no lab in {args.dir}: start it first")
    return {"stop": _stop, "status": _status, "env": _env, "seed": _seed}[args.command](lab, args)


if __name__ == "__main__":
    sys.exit(main())

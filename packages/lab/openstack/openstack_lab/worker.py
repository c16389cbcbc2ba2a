"""A service's own process: `python3 -m openstack_lab.worker serve|initialise SERVICE DIR`."""
import importlib
import os
import sys


def enter(lab, service):
    """What has to be done before anything of OpenStack's is imported."""
    os.environ["EVENTLET_NO_GREENDNS"] = "yes"
    import eventlet

    eventlet.monkey_patch()
    # Without it threading.current_thread() in a forked or patched process looks into a table of its own
    # (bugs.launchpad.net/bugs/1863021).
    import __original_module_threading
    import threading

    __original_module_threading.current_thread.__globals__["_active"] = threading._active
    os.umask(0o077)
    # several services read their command line by themselves
    sys.argv = [service, "--config-file", lab.configuration_file(service)]


def main():
    action, service, directory = sys.argv[1:]
    from .lab import Lab

    lab = Lab.load(directory)
    enter(lab, service)
    module = importlib.import_module(f"{__package__}.service.{service}")
    getattr(module, action)(lab)


if __name__ == "__main__":
    main()

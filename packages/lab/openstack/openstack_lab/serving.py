"""What the services' processes have in common: an HTTP server, and waiting for one another."""
import logging
import os
import signal
import time


def ready_file(lab, service):
    return lab.path("run", service + ".ready")


def ready(lab, service):
    """Say that the service answers now, or is about to listen."""
    open(ready_file(lab, service), "w").close()


def wait_for(lab, *services):
    """Wait for the services that this one calls while it starts. By then its slow part, the imports, is done."""
    files = [ready_file(lab, service) for service in services if service in lab.services]
    while not all(os.path.exists(file) for file in files):
        time.sleep(0.05)


def when_ready(lab, service, wait):
    """Say that the service answers once `wait` has returned, beside what the process does. If it fails, so does it."""
    import eventlet

    def announce():
        try:
            wait()
        except BaseException:
            logging.getLogger("lab").exception("%s did not get ready", service)
            os._exit(1)
        ready(lab, service)

    eventlet.spawn(announce)


def serve_wsgi(lab, service, app):
    """Serve a WSGI application on the service's port for good."""
    import eventlet
    import eventlet.wsgi

    eventlet.wsgi.MAX_HEADER_LINE = 16384  # tokens and service catalogues are long
    socket = eventlet.listen(("127.0.0.1", lab.ports[service]), backlog=1024, reuse_port=False)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # Neutron leaves a handler that ends nothing
    ready(lab, service)
    eventlet.wsgi.server(
        socket, app, log=logging.getLogger("wsgi"), keepalive=True, max_size=200,
        log_format='%(client_ip)s "%(request_line)s" %(status_code)s %(wall_seconds).3f')

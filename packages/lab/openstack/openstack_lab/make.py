"""Making a lab, once: configuration, schemas, first entries, and the copy for `--fresh`."""
import concurrent.futures
import os

from . import database, pristine, seed
from .configure import configure
from .launch import launch
from .processes import log_tail, spawn_worker, stop_all


def make(lab, timeout):
    """Leaves a complete lab in which nothing runs. After a failure it can be repeated."""
    stop_all(lab)
    configure(lab)
    try:
        print("making the schemas", flush=True)
        database.create(lab)
        database.start(lab)
        _schemas(lab)
        launch(lab, lab.services, timeout)
        print("preparing what a provider's administrators would have", flush=True)
        seed.administrators_work(lab)
    finally:
        stop_all(lab)
    pristine.keep(lab)


def _schemas(lab):
    pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count())
    try:
        for done in [pool.submit(_schema, lab, service) for service in lab.services]:
            done.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _schema(lab, service):
    if spawn_worker(lab, "initialise", service).wait():
        raise SystemExit(f"{service} could not be initialised:\n{log_tail(lab, service)}")

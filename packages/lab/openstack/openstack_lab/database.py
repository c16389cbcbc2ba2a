"""MariaDB with a data directory of its own, tuned for little memory and no durability."""
import os
import shutil
import socket
import subprocess
import time

from .lab import PASSWORD
from .processes import DATABASE, log_tail, spawn
from .services import databases

_SERVER = "/usr/sbin/mariadbd"
_SCHEMA = ("mysql_system_tables.sql", "mysql_system_tables_data.sql", "mysql_performance_tables.sql")


def _options(lab):
    options = ["--no-defaults", "--datadir=" + lab.path("db"), "--innodb-log-file-size=16M"]
    # it refuses to run as root unless told so
    return options + ["--user=root"] if os.geteuid() == 0 else options


def create(lab):
    """An empty data directory.

    mariadb-install-db does the same and wants a program of another package.
    """
    shutil.rmtree(lab.path("db"), ignore_errors=True)
    os.makedirs(lab.path("db"))
    sql = ["create database mysql;", "use mysql;"]
    for name in _SCHEMA:
        with open(os.path.join("/usr/share/mysql", name)) as file:
            sql.append(file.read())
    with open(lab.path("log", "mariadb.log"), "a") as log:
        subprocess.run([_SERVER, *_options(lab), "--bootstrap"], input="\n".join(sql), text=True, stdout=log,
                       stderr=log, check=True)
    lab.write("etc/databases.sql", "".join(
        [f"CREATE DATABASE IF NOT EXISTS {name};\n" for name in databases(lab.services)] +
        [f"CREATE USER IF NOT EXISTS lab@127.0.0.1 IDENTIFIED BY '{PASSWORD}';\n",
         "GRANT ALL ON *.* TO lab@127.0.0.1;\n"]), 0o600)


def start(lab):
    """Start the server and wait until it takes connections."""
    port = lab.ports[DATABASE]
    process = spawn(lab, DATABASE, [
        _SERVER, *_options(lab), "--init-file=" + lab.path("etc", "databases.sql"),
        "--bind-address=127.0.0.1", f"--port={port}", "--socket=mariadb.sock",  # in the data directory
        "--skip-name-resolve", "--character-set-server=utf8mb3", "--max-connections=500",
        "--innodb-buffer-pool-size=64M", "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0",
        "--key-buffer-size=1M", "--aria-pagecache-buffer-size=1M", "--performance-schema=off"])
    while True:
        if process.poll() is not None:
            raise SystemExit(f"the database did not start:\n{log_tail(lab, DATABASE)}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)

"""Starting a lab: what of it does not run."""
import signal

from . import pristine
from .configure import configure
from .launch import launch
from .make import make
from .processes import stop_all
from .status import status


def start(lab, fresh=False, timeout=180):
    """Start what does not run or does not answer, and wait until all of it does. The first time the lab is made."""
    _let_signals_interrupt()
    if not pristine.kept(lab):
        make(lab, timeout)
    elif fresh:
        stop_all(lab)
        pristine.restore(lab)
    down = [entry["name"] for entry in status(lab) if entry["state"] != "up"]
    if down:
        configure(lab)  # again: the lab may have been made by an earlier version of this package
        launch(lab, down, timeout)


def _let_signals_interrupt():
    """The first SIGINT or SIGTERM interrupts; more of them (a terminal's and a parent's) do not disturb the clean-up."""
    signals = [each for each in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(each) != signal.SIG_IGN]

    def interrupt(*_):
        for signum in signals:
            signal.signal(signum, signal.SIG_IGN)
        raise SystemExit("interrupted")

    for signum in signals:
        signal.signal(signum, interrupt)

"""A copy of the data as they were when the lab had been made, for `start --fresh`. Nothing may run meanwhile."""
import os
import shutil

_DATA = ("db", "images")


def keep(lab):
    """Make the copy. That it is there means that the lab is complete."""
    copy = lab.path("pristine.new")
    shutil.rmtree(copy, ignore_errors=True)
    for name in _DATA:
        shutil.copytree(lab.path(name), os.path.join(copy, name))
    os.rename(copy, lab.path("pristine"))


def restore(lab):
    """Put the copy in the place of the data, and begin the logs anew."""
    for name in _DATA:
        shutil.rmtree(lab.path(name), ignore_errors=True)
        shutil.copytree(lab.path("pristine", name), lab.path(name))
    shutil.rmtree(lab.path("log"), ignore_errors=True)
    os.makedirs(lab.path("log"))


def kept(lab):
    return os.path.isdir(lab.path("pristine"))

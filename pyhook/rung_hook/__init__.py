"""Rung's hook inside a Python process: says what the process did (EVENTS.md) and seeds it where asked to.

Rules for every module here: Python 3.7 to 3.14 (before 3.8 without audit events), the standard library, nothing heavy
imported, and nothing imported later than the start (after it the package is no longer in sys.modules). What the program
can see stays as it was."""

import sys

from . import lines, place, settings as settings_file, view


def start(path, folder):
    """Reads the settings in `path` and starts what they ask for. `folder` is the hook's own, an entry of sys.path."""
    settings = settings_file.read(path)
    view.hide(path, folder)
    place.start(settings, folder)
    lines.start(settings)
    for name in _wanted(settings):
        try:
            module = __import__("rung_hook." + name, None, None, ("start",))
            module.start(settings)
        except Exception as fault:
            lines.lost("%s did not start: %s: %s" % (name, type(fault).__name__, fault))


def _wanted(settings):
    """The modules to start, in order. Each has `start(settings)`."""
    wanted = ["children", "imports"]
    if settings.get("seed") is not None or settings.get("forceSeed"):
        wanted.append("seeding")
    if settings.get("control"):
        wanted.append("control")
    if settings.get("record"):
        wanted.append("record")
    if settings.get("probe"):
        wanted.append("probe")
    return wanted

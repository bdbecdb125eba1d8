"""Tells others when a module was imported: a function that wraps the one inside the import system through which every
import goes, under that system's own file name, so that Python leaves it out of tracebacks as it does its own frames."""

import sys

from . import lines

_bootstrap = sys.modules["_frozen_importlib"]
_after = {}
_every = []


def start(settings):
    if hasattr(_bootstrap, "_find_and_load_unlocked"):
        _wrap(_bootstrap._find_and_load_unlocked)
    else:
        lines.lost("imports cannot be observed in this Python")


def after(name, action):
    """Calls action(module) each time module `name` was imported; now if it is there already."""
    _after.setdefault(name, []).append(action)
    if name in sys.modules:
        action(sys.modules[name])


def after_every(action):
    """Calls action(name, module) after each import of any module."""
    _every.append(action)


def _tell(name, module):
    try:
        for action in _every:
            action(name, module)
        for action in _after.get(name, ()):
            action(module)
    except Exception as fault:
        lines.lost("after the import of %s: %s: %s" % (name, type(fault).__name__, fault))


def _wrap(original):
    def _find_and_load_unlocked(name, import_):
        module = original(name, import_)
        tell(name, module)
        return module

    tell = _tell
    code = _find_and_load_unlocked.__code__
    _find_and_load_unlocked.__code__ = code.replace(co_filename=original.__code__.co_filename)
    _bootstrap._find_and_load_unlocked = _find_and_load_unlocked

"""Tells others when a module was imported. Every import takes and gives back a lock of the module's name through one class
inside the import system; giving it back is what is replaced. So no frame of the hook's is on the stack while a module
loads, and none shows in a traceback."""

import sys

from . import lines

_bootstrap = sys.modules["_frozen_importlib"]
_after = {}
_every = []
_going_on = {}
# What was told of already: the lock is also taken for modules that are there.
_seen = set(sys.modules)
_told = {}


def start(settings):
    manager = getattr(_bootstrap, "_ModuleLockManager", None)
    if manager is None:
        lines.lost("imports cannot be observed in this Python")
    else:
        _wrap(manager, manager.__exit__)


def after(name, action):
    """Calls action(module) each time module `name` was imported; now if it is there already."""
    _after.setdefault(name, []).append(action)
    if name in sys.modules:
        _told[name] = sys.modules[name]
        action(sys.modules[name])


def when_done(name, action):
    """Calls action() once, when the import of module `name`, which is going on, has ended or failed."""
    _going_on[name] = action


def after_every(action):
    """Calls action(name, module) after the first import of any module."""
    _every.append(action)


def _tell(name):
    try:
        module = sys.modules.get(name)
        if module is None:
            return
        if name not in _seen:
            _seen.add(name)
            for action in _every:
                action(name, module)
        if name in _after and _told.get(name) is not module:
            _told[name] = module
            for action in _after[name]:
                action(module)
    except Exception as fault:
        lines.lost("after the import of %s: %s: %s" % (name, type(fault).__name__, fault))


def _wrap(manager, original):
    tell = _tell
    going_on = _going_on
    seen = _seen
    awaited = _after

    def __exit__(self, *args):
        original(self, *args)
        if going_on and self._name in going_on:
            going_on.pop(self._name)()
        name = self._name
        if args[0] is None and (name not in seen or name in awaited):
            tell(name)

    manager.__exit__ = __exit__

"""What a program asks of the machine and of its own process."""

import os
import posix
import sys

from .. import imports, place, view
from . import sites, streams

_CLOCK_VARIABLES = (
    "FAKETIME",
    "FAKETIME_FMT",
    "FAKETIME_SHARED",
    "FAKETIME_DONT_FAKE_MONOTONIC",
    "FAKETIME_FORCE_MONOTONIC_FIX",
    "NO_FAKE_STAT",
)
_count = 1
_names = 0
_id = 0


def processors(count):
    """os.cpu_count and all that asks by it; what numerical libraries find by themselves is not the hook's."""
    global _count
    _count = count
    for name in ("cpu_count", "process_cpu_count"):
        sites.take(os, name, lambda taken: _count if sites.apply_here() else taken.original())
    sites.take(os, "sched_getaffinity", _affinity)
    sites.take(os, "sysconf", _sysconf)
    imports.after("psutil", lambda module: sites.take(module, "cpu_count", _psutil_count))


def _affinity(taken, pid):
    return set(range(_count)) if pid in (0, os.getpid()) and sites.apply_here() else taken.original(pid)


def _sysconf(taken, name):
    asked = name in ("SC_NPROCESSORS_ONLN", "SC_NPROCESSORS_CONF")
    return _count if asked and sites.apply_here() else taken.original(name)


def _psutil_count(taken, logical=True):
    return _count if sites.apply_here() else taken.original(logical)


def process_id(number):
    """For the project's own code alone: what waits for processes needs the real ones."""
    global _id
    _id = number
    os.register_at_fork(after_in_child=_next_id)
    sites.take(os, "getpid", _getpid)


def _next_id():
    global _id
    _id += 1 + streams.seed_of("process", 0) % 977


def _getpid(taken):
    return _id if place.file_text(sites.caller_file()) and sites.apply_here() else taken.original()


def switch_interval(seconds):
    sys.setswitchinterval(seconds)


def addresses(choice):
    """Whole pages of the allocator's are kept, so that what is made later lies elsewhere: 61,440 bytes with its head."""
    kept = [bytes(61_399) for _ in range(2 * choice)]
    imports.after("rung: kept for as long as the process is there", lambda _, kept=kept: None)


def hidden(names):
    """Taken from the dictionaries alone: what libraries and other programs get stays as it is."""
    for name in (*names, "LD_PRELOAD", *_CLOCK_VARIABLES):
        encoded = os.fsencode(name)
        if name == "LD_PRELOAD" and b"faketime" not in os.environ._data.get(encoded, b""):
            continue
        # Mostly one dictionary by two names.
        found = os.environ._data.pop(encoded, None), posix.environ.pop(encoded, None)
        value = next((one for one in found if one is not None), None)
        if value is not None:
            view.also[encoded] = value


def argument0(names):
    seen, shown = names
    if getattr(sys, "argv", None) and sys.argv[0] == seen:
        sys.argv[0] = shown


def temporary_names(choice):
    global _names
    _names = choice
    imports.after("tempfile", _take_names)


def _take_names(module):
    def rng(self):
        if getattr(self, "_rng_pid", None) != os.getpid():
            self._rng = module._Random(streams.next_seed("temporary", _names))
            self._rng_pid = os.getpid()
        return self._rng

    module._RandomNameSequence.rng = property(rng)

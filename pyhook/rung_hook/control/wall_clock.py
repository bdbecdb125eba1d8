"""The date and the time of day of the module `time`: starts where it is told and is a millisecond on at each reading.
For where libfaketime is missing (`datetime` reads the clock by itself), and for notebooks, where the kernel's own messages
are readings too, of which there are more in one run than in another: these do not count here."""

import sys
import time

from .. import place
from . import sites, timers

_now = 0
_real = {}


def start(seconds):
    """`seconds`: Unix time."""
    global _now
    _now = int(seconds * 1_000_000_000)
    for name in ("localtime", "gmtime", "ctime", "strftime", "asctime"):
        _real[name] = getattr(time, name)
    for name, function in _FUNCTIONS.items():
        sites.take(time, name, function)


def _is_ours(file):
    if timers.waits(file) or not sites.apply_here():
        return False
    return "ipykernel" not in sys.modules or place.here() is not None


def _read():
    global _now
    _now += 1_000_000
    return _now


def _time(taken):
    return _read() / 1e9 if _is_ours(sites.caller_file()) else taken.original()


def _time_ns(taken):
    return _read() if _is_ours(sites.caller_file()) else taken.original()


def _of_now():
    def function(taken, seconds=None):
        if seconds is None and _is_ours(sites.caller_file()):
            seconds = _read() / 1e9
        return taken.original(seconds)

    return function


def _asctime(taken, *given):
    if given or not _is_ours(sites.caller_file()):
        return taken.original(*given)
    return taken.original(_real["localtime"](_read() / 1e9))


def _strftime(taken, form, *given):
    if given or not _is_ours(sites.caller_file()):
        return taken.original(form, *given)
    return taken.original(form, _real["localtime"](_read() / 1e9))


def _clock_gettime(taken, clock):
    return _read() / 1e9 if clock == time.CLOCK_REALTIME and _is_ours(sites.caller_file()) else taken.original(clock)


def _clock_gettime_ns(taken, clock):
    return _read() if clock == time.CLOCK_REALTIME and _is_ours(sites.caller_file()) else taken.original(clock)


_FUNCTIONS = {
    "time": _time,
    "time_ns": _time_ns,
    "localtime": _of_now(),
    "gmtime": _of_now(),
    "ctime": _of_now(),
    "asctime": _asctime,
    "strftime": _strftime,
    "clock_gettime": _clock_gettime,
    "clock_gettime_ns": _clock_gettime_ns,
}

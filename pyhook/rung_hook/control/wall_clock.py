"""The date and the time of day of the module `time`: starts where it is told and is a millisecond on at each reading.
For where libfaketime is missing: `datetime` reads the clock by itself."""

import time

from .. import place
from . import sites

_start = 0
# Readings of the project's own code, and of all other: how often a library reads the clock may vary, in a kernel for one.
_readings = {True: 0, False: 0}
_real = {}


def start(seconds):
    """`seconds`: Unix time."""
    global _start
    _start = int(seconds * 1_000_000_000)
    for name in ("localtime", "gmtime", "ctime", "strftime", "asctime"):
        _real[name] = getattr(time, name)
    for name, function in _FUNCTIONS.items():
        sites.take(time, name, function)


def _read():
    own = place.file_text(sites.caller_file(2)) is not None
    _readings[own] += 1
    return _start + 1_000_000 * _readings[own]


def _time(taken):
    return _read() / 1e9 if sites.apply_here() else taken.original()


def _time_ns(taken):
    return _read() if sites.apply_here() else taken.original()


def _of_now():
    def function(taken, seconds=None):
        if seconds is None and sites.apply_here():
            seconds = _read() / 1e9
        return taken.original(seconds)

    return function


def _asctime(taken, *given):
    if given or not sites.apply_here():
        return taken.original(*given)
    return taken.original(_real["localtime"](_read() / 1e9))


def _strftime(taken, form, *given):
    if given or not sites.apply_here():
        return taken.original(form, *given)
    return taken.original(form, _real["localtime"](_read() / 1e9))


def _clock_gettime(taken, clock):
    return _read() / 1e9 if clock == time.CLOCK_REALTIME and sites.apply_here() else taken.original(clock)


def _clock_gettime_ns(taken, clock):
    return _read() if clock == time.CLOCK_REALTIME and sites.apply_here() else taken.original(clock)


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

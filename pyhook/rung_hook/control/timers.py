"""How long things take, as the program's code sees it: timers start where they are told and are a millisecond on at each
reading, and at each sleep by as long as that is. What waits (the standard library, and libraries that keep time limits)
gets the real ones."""

import re
import select
import time

from .. import place
from . import sites

_now = 0
_TIMERS = ("monotonic", "perf_counter", "process_time", "thread_time")
_waits = re.compile(
    "/(zmq|tornado|ipykernel|jupyter_client|nbclient|traitlets|IPython|anyio|trio|gevent|twisted|joblib|dask|distributed|"
    "ray|urllib3|psycopg2?|sqlalchemy)/"
)
_kept = {}


def start(seconds):
    global _now
    _now = int(seconds * 1_000_000_000)
    for name in _TIMERS:
        sites.take(time, name, _timer)
        sites.take(time, name + "_ns", _timer_ns)
    sites.take(time, "sleep", _sleep)


def waits(file):
    """Whether this is code of a library that keeps time limits."""
    return _waits.search(file) is not None


def _is_for_code(file):
    """Whether code in this file gets our timers."""
    found = _kept.get(file)
    if found is None:
        # What cannot be seen may wait.
        found = _kept[file] = file != "" and not place.is_standard(file) and not file.startswith("<frozen") and not waits(file)
    return found


def _read():
    global _now
    _now += 1_000_000
    return _now


def _timer(taken):
    return _read() / 1e9 if _is_for_code(sites.caller_file()) and sites.apply_here() else taken.original()


def _timer_ns(taken):
    return _read() if _is_for_code(sites.caller_file()) and sites.apply_here() else taken.original()


def _sleep(taken, seconds):
    global _now
    if not isinstance(seconds, (int, float)) or not 0 < seconds < 1e8:
        return taken.original(seconds)
    # Not as it was: from Python 3.11 on it gives libfaketime a time of the real clock to wait for, which that takes amiss.
    select.select((), (), (), seconds)
    if _is_for_code(sites.caller_file()):
        _now += int(seconds * 1_000_000_000)
    return None

"""In which order results come that come when they are ready: as their tasks were given, or in another order."""

import binascii
import sys
import time

from .. import imports
from . import sites

_choice = 0


def start(choice):
    global _choice
    _choice = choice
    imports.after("concurrent.futures._base", lambda module: sites.take(module, "as_completed", _as_completed))
    imports.after("concurrent.futures", _take_name)
    imports.after("multiprocessing.pool", _take_pool)


def _take_name(module):
    base = sys.modules.get("concurrent.futures._base")
    if base is not None:
        module.as_completed = base.as_completed


def _turned(items):
    if _choice == 1:
        return items[::-1]
    numbers = sorted(range(len(items)), key=lambda at: binascii.crc32(b"%d %d" % (_choice, at)))
    return [items[at] for at in numbers]


def _as_completed(taken, fs, timeout=None):
    if not sites.apply_here():
        return taken.original(fs, timeout)
    return _completed(sys.modules["concurrent.futures._base"], list(dict.fromkeys(fs)), timeout)


def _completed(module, futures, timeout):
    end = None if timeout is None else time.monotonic() + timeout

    def wait(some):
        left = None if end is None else max(0, end - time.monotonic())
        unfinished = module.wait(some, left).not_done
        if unfinished:
            raise module.TimeoutError("%d (of %d) futures unfinished" % (len(unfinished), len(futures)))

    if _choice != 0:
        wait(futures)
        futures = _turned(futures)
    for future in futures:
        wait([future])
        yield future


def _take_pool(module):
    original = module.Pool.imap_unordered

    def imap_unordered(self, func, iterable, chunksize=1):
        if not sites.apply_here():
            return original(self, func, iterable, chunksize)
        results = self.imap(func, iterable, chunksize)
        return results if _choice == 0 else _Turned(results)

    imap_unordered.__doc__ = original.__doc__
    imap_unordered.__qualname__ = original.__qualname__
    module.Pool.imap_unordered = imap_unordered


class _Turned:
    """All results first, then one after the other; a task that failed raises when it is its turn."""

    def __init__(self, results):
        self._results = results
        self._turned = None

    def _gather(self, timeout):
        found = []
        while True:
            try:
                found.append((True, self._results.next(timeout)))
            except StopIteration:
                break
            except Exception as fault:
                if type(fault).__name__ == "TimeoutError" and timeout is not None:
                    raise
                found.append((False, fault))
        self._turned = iter(_turned(found))

    def __iter__(self):
        return self

    def next(self, timeout=None):
        if self._turned is None:
            self._gather(timeout)
        good, value = next(self._turned)
        if good:
            return value
        raise value

    __next__ = next

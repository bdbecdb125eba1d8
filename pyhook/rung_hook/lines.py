"""Writes the lines of EVENTS.md: one append to one file for each, so that nothing written is lost to a kill."""

import posix
import sys
import time

from . import place, text

# Bounds of one process.
MOST_LINES = 2000000
MOST_KEYS = 20000
MOST_BYTES = 4000
MOST_WAITING = 16

_write = posix.write
_now = time.monotonic_ns
_fstat = posix.fstat
_getpid = posix.getpid

_path = ""
_descriptor = -1
_identity = None
_reopened = 0
_written = 0
# Lines that go with the next one.
_waiting = []
_dropped = {}
# How often each (kind, what, place) was reached since its line was written.
seen = {}
pid = 0
# In a notebook's kernel: tells of a place (of place.of) whether the call led to now is Jupyter's own.
is_noise = None
_noisy = frozenset(("clock", "entropy", "machine", "draw", "draw numpy", "generator", "list", "log"))


def start(settings):
    global _path, pid
    pid = posix.getpid()
    if settings.get("record"):
        _path = settings.get("events") or ""
        _open()


def _open():
    """Opens the events high up, so that the program's own descriptors keep their numbers."""
    global _descriptor, _identity
    _descriptor = -1
    low = posix.open(_path, posix.O_WRONLY | posix.O_APPEND | posix.O_CREAT | posix.O_CLOEXEC | posix.O_NOFOLLOW, 0o666)
    try:
        top = min(posix.sysconf("SC_OPEN_MAX"), 4096)
        for number in range(top - 1, max(low, top - 64), -1):
            try:
                _fstat(number)
            except OSError:
                try:
                    _descriptor = posix.dup2(low, number, inheritable=False)
                    break
                except OSError:
                    continue
    finally:
        posix.close(low)
    if _descriptor >= 0:
        _identity = _same(_fstat(_descriptor))


def _same(status):
    return status.st_ino, status.st_dev


def stop():
    """Writes nothing more in this process."""
    global _descriptor, _path
    _path = ""
    _descriptor = -1


def _ready():
    """Whether the descriptor still is ours: a program may have closed it and opened its own file in its place."""
    global _reopened
    if _descriptor < 0:
        return False
    try:
        if _same(_fstat(_descriptor)) == _identity:
            return True
    except OSError:
        pass
    _reopened += 1
    if _reopened < 20:
        try:
            _open()
        except OSError:
            pass
    else:
        stop()
    return _descriptor >= 0


def line(kind, rest):
    """Writes one line; `rest` is its keys after k, p and t, as JSON text in ASCII. Never raises an OSError."""
    global _written
    if _descriptor < 0:
        return
    whole = '{"k":"%s","p":%d,"t":%d%s%s}\n' % (kind, pid, _now(), "," if rest else "", rest)
    if _written >= MOST_LINES or len(whole) > MOST_BYTES:
        _dropped[kind] = _dropped.get(kind, 0) + 1
        return
    _written += 1
    if kind == "dlopen":  # an import loads many libraries, one after the other
        _waiting.append(whole)
        if len(_waiting) < MOST_WAITING:
            return
        whole = ""
    if _waiting:
        whole = _waited() + whole
    _put(whole.encode("ascii"))


def _waited():
    lines = []
    while _waiting:
        lines.append(_waiting.pop(0))
    return "".join(lines)


def _put(whole):
    try:
        if _ready() and _write(_descriptor, whole) != len(whole):
            stop()
    except OSError:  # the disk is full, or a limit is reached
        stop()


def once(kind, rest, what, found):
    """Writes a line at place `found` (of place.of) unless the same `what` (a str) was told of there already: that is
    counted. `rest` as for `line`, without the place."""
    if is_noise is not None and kind in _noisy and is_noise(found):
        return
    key = kind, what, found
    if key in seen:
        seen[key] += 1
        return
    remember(key)
    line(kind, rest + place.at(found) if rest else place.at(found)[1:])


def remember(key):
    if len(seen) >= MOST_KEYS:
        counts()
    seen[key] = 1


def counts(forgets=True):
    """Writes how often each place was reached more than once, since this was last written, and forgets them all, or how
    often. Many lines go in one write."""
    if _waiting:
        _put(_waited().encode("ascii"))
    told = list(seen.items())
    if forgets:
        seen.clear()
    else:
        seen.update(dict.fromkeys(seen, 1))
    if _descriptor < 0:
        return
    moment = _now()
    batch = []
    for (kind, what, found), times in told:
        if times > 1:
            one = '{"k":"count","p":%d,"t":%d,"of":"%s","fn":%s%s,"n":%d}\n' % (
                pid, moment, kind.partition(" ")[0], text.quoted(what), place.at(found), times)
            if len(one) <= MOST_BYTES:
                batch.append(one)
            if len(batch) >= 200:
                _put("".join(batch).encode("ascii"))
                batch = []
    if batch:
        _put("".join(batch).encode("ascii"))


def dropped():
    """Says which lines were left out over a bound."""
    for kind, number in list(_dropped.items()):
        del _dropped[kind]
        _put(('{"k":"lost","p":%d,"t":%d,"why":"%d %s lines dropped","n":%d}\n' % (pid, _now(), number, kind, number)).encode("ascii"))


def lost(why):
    line("lost", '"why":' + text.shown(why))


def forked():
    """In a child after a fork: its own number, and its own counts."""
    global pid, _written
    pid = _getpid()
    _written = 0
    seen.clear()
    _waiting.clear()
    _dropped.clear()

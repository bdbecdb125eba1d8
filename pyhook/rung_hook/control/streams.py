"""Streams of numbers that are the same in each run, and not the same in every process of a run: each has a name made of the
program's name and arguments, of how many like it were started before it, and of the forks on the way to it."""

import binascii
import os
import posix

import _random

_family = ""
_forks = 0
_counts = {}
_streams = {}


def start(settings):
    global _family
    key = _command_key()
    _family = "%s#%d" % (key, _started_before(settings, key))
    os.register_at_fork(before=_count_fork, after_in_child=_in_child)


def _command_key():
    """The command line without the folders in it, and without names that differ in each run."""
    try:
        descriptor = posix.open("/proc/self/cmdline", posix.O_RDONLY | posix.O_CLOEXEC)
        try:
            words = posix.read(descriptor, 65536).split(b"\0")
        finally:
            posix.close(descriptor)
    except OSError:
        return ""
    names = [word.rpartition(b"/")[2] for word in words]
    kept = [name for name in names if not name.startswith((b"tmp", b"kernel-"))]
    return "%08x" % binascii.crc32(b"\0".join(kept))


def _started_before(settings, key):
    """How many processes of the run had this key before: the length of a file to which each adds a byte."""
    folder = (settings.get("events") or "").rpartition("/")[0]
    try:
        flags = posix.O_WRONLY | posix.O_CREAT | posix.O_APPEND | posix.O_CLOEXEC
        descriptor = posix.open("%s/started-%s" % (folder, key), flags, 0o666)
        try:
            posix.write(descriptor, b".")
            return posix.lseek(descriptor, 0, 1) - 1
        finally:
            posix.close(descriptor)
    except OSError:
        return 0


def _count_fork():
    global _forks
    _forks += 1


def _in_child():
    global _family, _forks
    _family = "%s.%d" % (_family, _forks)
    _forks = 0
    _counts.clear()
    _streams.clear()


def seed_of(label, choice):
    """A seed (a large integer) for this process. Made of text as it is: `hash` depends on PYTHONHASHSEED."""
    return int.from_bytes(("%s %s %s" % (label, choice, _family)).encode(), "big")


def next_seed(label, choice):
    """Another one at each call."""
    _counts[label] = count = _counts.get(label, 0) + 1
    return seed_of("%s %d" % (label, count), choice)


def stream(label, choice):
    """The process's own generator of that name; a `_random.Random`, since nothing of `random` may move."""
    found = _streams.get(label)
    if found is None:
        found = _streams[label] = made(seed_of(label, choice))
    return found


def made(seed):
    generator = _random.Random()
    generator.seed(seed)
    return generator

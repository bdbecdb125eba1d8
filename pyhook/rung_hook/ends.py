"""The start and the end of a process: its first line, forks, and what is written last, also before os._exit and exec."""

import atexit
import os
import posix
import sys

from . import imports, lines, text
from .stand_in import StandIn, replace

threads = 0
_getppid = posix.getppid
_getcwd = posix.getcwd
_actions = []
_in_child = []

if sys.version_info >= (3, 10):
    # From 3.10 on what is registered is kept by the interpreter, not by the module.
    sys.modules.pop("atexit", None)


def start(settings):
    atexit.register(finish)
    os.register_at_fork(after_in_child=_forked)
    replace(os, "_exit", _Exit)
    for name in ("_start_new_thread", "_start_joinable_thread"):
        imports.after("threading", lambda module, name=name: replace(module, name, _Thread))


def begin(layers):
    """Writes the first line; `layers` are the ways in which this process is observed. Gives the command line."""
    # sys.argv and sys.orig_argv are not there yet in every version: the kernel knows.
    try:
        descriptor = posix.open("/proc/self/cmdline", posix.O_RDONLY | posix.O_CLOEXEC)
        try:
            arguments = posix.read(descriptor, 4096).split(b"\0")[:-1]
        finally:
            posix.close(descriptor)
    except OSError:
        arguments = []
    try:
        folder = _getcwd()
    except OSError:
        folder = ""
    shown = []
    room = 1800
    for argument in arguments:
        one = text.shown(argument)
        room -= len(one)
        if room < 0:
            break
        shown.append(one)
    lines.line("start", '"pp":%d,"x":%s,"a":[%s],"v":"%d.%d.%d","c":%s,"l":[%s]' % (
        _getppid(), text.shown(sys.executable or ""), ",".join(shown), *sys.version_info[:3], text.shown(folder),
        ",".join('"%s"' % layer for layer in layers)))
    return arguments


def at_fork(action):
    """Calls action() in a child after a fork."""
    _in_child.append(action)


def at_end(action):
    """Calls action() before the last lines of the process."""
    _actions.append(action)


def hand_over():
    """Writes what is otherwise written at the end; the process goes on."""
    for action in _actions:
        action()
    lines.counts(forgets=False)
    lines.dropped()


def finish(last=True):
    """Writes the last lines. Nothing here may keep the program from ending as it would."""
    try:
        for action in _actions:
            try:
                action()
            except Exception as fault:
                lines.lost("at the end: %s: %s" % (type(fault).__name__, fault))
        lines.counts()
        lines.dropped()
        if last:
            lines.line("end", '"th":%d' % threads)
    except Exception:
        pass


def _forked():
    global threads
    try:
        threads = 0
        lines.forked()
        lines.line("fork", '"n":%d,"pp":%d' % (lines.pid, _getppid()))
        for action in _in_child:
            action()
    except Exception:
        pass


class _Exit(StandIn):
    __slots__ = ()

    def __call__(self, *args, **options):
        finish()
        return self.original(*args, **options)


class _Thread(StandIn):
    """Counts: Python looks up `__call__` before each call."""

    __slots__ = ()

    @property
    def __call__(self):
        global threads
        threads += 1
        return self.original

"""Records Python's audit events (PEP 578)."""

import sys

from . import lines, place
from .audit_events import handlers, placeless

_own_files = place.__file__.rpartition("/")[0] + "/"
_library = sys.modules["os"].__file__.rpartition("/")[0] + "/"


def is_foreign(fault):
    """Whether an exception came from the program: a signal's handler may run, and raise, in the middle of the hook."""
    if isinstance(fault, KeyboardInterrupt):
        return True
    trace = fault.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if not name.startswith(_own_files) and not name.startswith(_library) and name[:1] != "<":
            return True
        trace = trace.tb_next
    return False


def _is_programs(fault):
    try:
        return is_foreign(fault)
    except BaseException:
        return False


def layers():
    """Audit events came with Python 3.8."""
    return ["audit"] if hasattr(sys, "addaudithook") else []


def start():
    if layers():
        sys.addaudithook(_hook(handlers()))


def _hook(known):
    find = known.get
    frame_at = sys._getframe
    broken = set()
    others = []

    def hook(event, args):
        handler = find(event)
        if handler is None:
            return
        try:
            if event in placeless:
                return handler(args)
            if event == "open" and type(args[0]) is str and args[0][-4:] == ".pyc":
                return  # what Python compiled, and reads by itself
            handler(args, None if others else frame_at().f_back)
        except BaseException as fault:
            # The program's own audit hooks hear, and may refuse, what the hook does here.
            if not others and _is_programs(fault):
                raise
            if event not in broken:
                broken.add(event)
                try:
                    lines.lost("%s: %s: %s" % (event, type(fault).__name__, fault))
                except BaseException:
                    pass

    def added(args):
        others.append(True)
        place.stop()
        lines.lost("the program listens to audit events itself: no places in the code are given from here on")

    known["sys.addaudithook"] = added
    return hook

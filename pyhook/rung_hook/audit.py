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


def start():
    sys.addaudithook(_hook(handlers()))


def _hook(known):
    find = known.get
    here = place.Here
    broken = set()

    def hook(event, args):
        handler = find(event)
        if handler is None:
            return
        try:
            if event in placeless:
                return handler(args)
            try:
                raise here
            except here as found:
                frame = found.__traceback__.tb_frame.f_back
            handler(args, frame)
        except BaseException as fault:
            if is_foreign(fault):
                raise
            if event not in broken:
                broken.add(event)
                try:
                    lines.lost("%s: %s: %s" % (event, type(fault).__name__, fault))
                except BaseException:
                    pass

    return hook

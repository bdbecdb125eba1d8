"""A notebook's kernel: it is killed once its last cell has run, so what other processes write at their end is written after
each cell; and what Jupyter does for itself is left out."""

import sys

from . import ends, generators, lines, place
from .audit_events import known

_bootstrap = "/kernel_bootstrap.py"
# What serves a kernel. What IPython's magics do (`%time`) shows in the cell's output.
_MACHINERY = frozenset((
    "ipykernel", "ipykernel_launcher", "IPython", "zmq", "tornado", "traitlets", "jupyter_client", "jupyter_core", "comm",
    "debugpy", "nest_asyncio", "matplotlib_inline"))


def start():
    lines.is_noise = _is_noise
    known["exec"] = _first_cell(known.get("exec"))


def _first_cell(others):
    """Listens for code that is about to run, until it is a cell's: then the shell is there."""

    def executes(args, frame):
        if others is not None:
            others(args, frame)
        name = getattr(args[0], "co_filename", None)
        if type(name) is not str or not (place.file_text(name) or "").startswith('"cell:'):
            return
        if others is None:
            del known["exec"]
        else:
            known["exec"] = others
        before = ends.threads
        shell = sys.modules["IPython.core.interactiveshell"].InteractiveShell._instance
        shell.events.register("pre_run_cell", lambda *_: _begins())
        shell.events.register("post_run_cell", lambda *_: _ran(before))
        _begins()

    return executes


def _begins():
    """What Jupyter drew until now (a tip for its greeting) is not the notebook's."""
    try:
        generators.probe_all("import")
    except Exception:
        pass


def _ran(before):
    try:
        ends.hand_over()
        lines.line("cell", '"th":%d' % (ends.threads - before))
    except Exception:
        pass


def _is_machinery(frame):
    name = frame.f_globals.get("__name__")
    if type(name) is not str or name.startswith("IPython.core.magics"):
        return False
    return name.partition(".")[0] in _MACHINERY or frame.f_code.co_filename.endswith(_bootstrap)


def _is_noise(found):
    """Whether Jupyter itself asked: under a cell, where it is the innermost that is no standard library; without one,
    where it is anywhere on the stack. What a library's own thread does is the program's."""
    frame = place.caller(2)
    while frame is not None:
        code_file = frame.f_code.co_filename
        if not place.is_own(code_file):
            if _is_machinery(frame):
                return True
            if found is not None and not place.is_standard(code_file) and code_file[:8] != "<frozen ":
                return False
        frame = frame.f_back
    return False

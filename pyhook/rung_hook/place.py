"""Where in the project's own code something happens: the nearest frame on the stack whose file lies in the project's tree,
outside any environment in it, or in a notebook's cell."""

import posix
import sys

from . import text

_roots = ()
_outside = ()
_folder = ""
_start_folder = "/"
# By a code object's file name: its name as JSON text, None where it is not the project's, "" for the import system.
_names = {"<frozen importlib._bootstrap>": ""}
_library = sys.modules["posixpath"].__file__.rpartition("/")[0] + "/"


# What frames are reached by raises audit events. Once the program has an audit hook of its own, no frame is looked at.
_frame_at = sys._getframe
_is_watched = False
# Modules of libraries, by name: their frames are passed by without asking for their code, which is an audit event too.
_library_modules = set()


def stop():
    """From now on no place is looked for."""
    global _is_watched
    _is_watched = True


def caller(depth):
    """The frame `depth` calls outside the function that asks, or None where frames may not be looked at."""
    if _is_watched:
        return None
    try:
        return _frame_at(depth + 1)
    except ValueError:
        return None


def start(settings, folder):
    global _roots, _outside, _folder, _start_folder
    _folder = folder + "/"
    tree = settings.get("tree") or ""
    try:
        _start_folder = posix.getcwd()
    except OSError:
        pass
    if tree:
        _roots = (tree.rstrip("/") + "/",)
    # The environment may lie in the tree, and the hook too when Rung looks at itself.
    prefixes = {prefix.rstrip("/") + "/" for prefix in (sys.prefix, sys.exec_prefix, sys.base_prefix)}
    _outside = tuple(prefix for prefix in prefixes if any(prefix.startswith(root) for root in _roots) and prefix not in _roots)


def is_project_file(path):
    """Whether an absolute path is a file of the project's own code."""
    return (
        path.startswith(_roots)
        and not path.startswith(_outside)
        and "/site-packages/" not in path
        and "/dist-packages/" not in path
        and not path.startswith(_folder)
    )


def file_text(code_file):
    """The name under which a code object's file is recorded, as JSON text; None where it is not the project's."""
    try:
        return _names[code_file]
    except KeyError:
        pass
    if len(_names) > 20000:
        _names.clear()
        _names["<frozen importlib._bootstrap>"] = ""
    name = _name_of(code_file)
    found = None if name is None else text.quoted(name)
    _names[code_file] = found
    return found


def _name_of(code_file):
    if code_file.startswith("<ipython-input-"):
        number = code_file.split("-")[2]
        return "cell:" + number if number.isdigit() else None
    if code_file[:1] == "<":
        return None
    if "/ipykernel_" in code_file:
        number = _cell_number(code_file)
        return None if number is None else "cell:%d" % number
    if code_file[:1] != "/":
        code_file = _start_folder + "/" + (code_file[2:] if code_file[:2] == "./" else code_file)
    return code_file if is_project_file(code_file) else None


def _cell_number(code_file):
    """The execution count of the cell that a kernel compiled under this name. Two cells with the same text share a name:
    the first one counts."""
    module = sys.modules.get("IPython.core.interactiveshell")
    shell = None if module is None else module.InteractiveShell._instance
    if shell is None:
        return None
    number = getattr(shell.compile, "_filename_map", {}).get(code_file)
    return shell.execution_count if number is None else number


def of(frame):
    """The nearest project frame, from `frame` outwards: (file as JSON text, line), with True as a third where a library was
    being imported; None where there is none."""
    importing = False
    while frame is not None:
        module = frame.f_globals.get("__name__")
        if type(module) is not str or module not in _library_modules:
            code_file = frame.f_code.co_filename
            name = _names[code_file] if code_file in _names else file_text(code_file)
            if name:
                return (name, frame.f_lineno, True) if importing else (name, frame.f_lineno)
            if name is not None:
                importing = True
            elif "/site-packages/" in code_file or is_standard(code_file):
                if type(module) is str and module != "__main__":
                    _library_modules.add(module)
        frame = frame.f_back
    return None


def here():
    """The place of the call that led to the function that calls this."""
    return None if _is_watched else of(caller(2))


def at(found):
    """A place as the end of a line's text: `,"at":[file,line]`, or nothing."""
    if found is None:
        return ""
    return ',"at":[%s,%d]' % found if len(found) == 2 else ',"at":[%s,%d],"im":%s' % (found[0], found[1], "true")


def is_own(code_file):
    """Whether a code object is the hook's own."""
    return code_file.startswith(_folder)


def is_standard(path):
    """Whether a file is of Python's standard library."""
    return path.startswith(_library) and not path.startswith("site-packages/", len(_library))


# Where the standard library looks at the clock and the process's number for its own ends.
_quiet_files = tuple(_library + name for name in (
    "logging/", "threading.py", "subprocess.py", "queue.py", "selectors.py", "multiprocessing/", "concurrent/", "asyncio/",
    "socketserver.py", "tempfile.py", "sched.py"))
_quiet_names = frozenset((
    "time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.perf_counter", "os.getpid", "os.urandom"))


def is_quiet(label, code_file):
    """Whether a call of function `label` in this file says nothing of the program."""
    return label in _quiet_names and code_file.startswith(_quiet_files)

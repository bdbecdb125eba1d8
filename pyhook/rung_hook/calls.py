"""Python 3.12 and later: sees calls through sys.monitoring (PEP 669), without touching what is called. Each place of the
code that calls is looked at once where what it calls is harmless, and then costs nothing more. While a library is being
imported only the project's own code, and what draws entropy, is looked at: all else is new there, and would be slow."""

import sys

from . import ends, generators, imports, known, lines, place, seeds
from .audit_events import known as audited

_monitoring = sys.monitoring
_DISABLE = _monitoring.DISABLE
_MISSING = _monitoring.MISSING
_CALL = _monitoring.events.CALL
_PY_START = _monitoring.events.PY_START
_Function = type(lambda: None)
_Code = type((lambda: None).__code__)
_bootstrap = "<frozen importlib._bootstrap>"
_tool = 0
# Whether only the code in _observed is looked at, which is the project's.
_paused = False
_observed = set()
# Each costs a new look at all code that runs after it.
_MOST_PAUSES = 10
_pauses = 0
# How often a place outside the project's code is looked at, since the project may get there from several places.
_OFTEN = 500

_Method = type(imports.after.__get__(0))
_plain_types = {type(len), type(imports.after), type, type(str.join)}
# By name, and then by function: (kind of line, what it is called, the object it must be bound to or None).
_watched = {}
_often = {}
# What to do with the frame of a function in Python that starts, by its code: seen from whatever it is called, while a place
# that calls one thing after the other is looked at no longer once it called something harmless.
_starts = {}


def start():
    """Gives the layers it adds."""
    global _tool
    tool = _tool = next((number for number in (4, 3) if _monitoring.get_tool(number) is None), None)
    if tool is None:
        lines.lost("another tool uses sys.monitoring: calls are not seen")
        return []
    for tables in (known.FUNCTIONS, known.METHODS):
        for module, groups in tables.items():
            imports.after(module, _watcher(module, groups))
    imports.after("random", _watch_random)
    imports.after("numpy.random", _watch_numpy)
    for module, name, generator in known.SEEDERS + known.SEEDED_CLASSES:
        imports.after(module, _seed_watcher(name, generator))
    imports.after(known.TENSORFLOW_SEEDS, _watch_asking)
    module, name, generator = known.TENSORFLOW_GENERATORS
    imports.after(module, lambda module: _at_start(getattr(module, name, None), _making(generator)))
    imports.after("torch", lambda module: _watch(module.Generator.seed, "made", "torch.Generator"))
    _monitoring.use_tool_id(tool, "rung")
    _monitoring.register_callback(tool, _PY_START, _started)
    _monitoring.register_callback(tool, _CALL, _callback(_watched, _plain_types, _DISABLE, _tell))
    _monitoring.set_events(tool, _CALL)
    for module, names in known.INNER_ENTROPY:
        imports.after(module, _always(names))
    audited["exec"] = _executes
    ends.at_fork(_resume)
    return ["monitoring"]


def _always(names):
    def watch(module):
        for name in names.split():
            code = getattr(known.found(module, name), "__code__", None)
            if code is not None:
                _monitoring.set_local_events(_tool, code, _CALL)

    return watch


def _executes(args, frame):
    """Code is about to be run: the project's, or a library's module by the import system."""
    code = args[0]
    if type(code) is not _Code:
        return
    if place.file_text(code.co_filename):
        _observe(code)
    # Other threads may be in the project's functions.
    elif not _paused and ends.threads == 0 and frame is not None and frame.f_code.co_filename == _bootstrap:
        _pause(frame)


def _pause(frame):
    """A library's import begins. Where the project asked for it, nothing but the project's code is looked at until that
    calls something, so that one import after the other costs little; else until the import has ended."""
    global _paused, _pauses
    importer = frame
    while importer is not None and importer.f_code.co_filename.startswith("<frozen importlib"):
        importer = importer.f_back
    if importer is not None and importer.f_code in _observed:
        _monitoring.restart_events()  # also what was found harmless tells that the project goes on
    elif _pauses < _MOST_PAUSES:
        _pauses += 1
        imports.when_done(frame.f_locals["args"][1]["__name__"], _resume)
    else:
        return
    if not _paused:
        generators.probe_all("loading")
    _paused = True
    _monitoring.set_events(_tool, 0)


def _resume():
    global _paused
    if _paused:
        _paused = False
        generators.probe_all("loaded")
        _monitoring.set_events(_tool, _CALL)


def _observe(code):
    _monitoring.set_local_events(_tool, code, _CALL)
    if len(_observed) < 20000:
        _observed.add(code)
    for inner in code.co_consts:
        if type(inner) is _Code:
            _observe(inner)


def _watch(function, kind, label):
    own = None
    if isinstance(function, _Method):
        own, function = function.__self__, function.__func__
    name = getattr(function, "__name__", None)
    if name is not None:
        if type(function).__name__ == "cython_function_or_method":
            _plain_types.add(type(function))
        _watched.setdefault(name, {})[function] = (kind, label, own)


def _watcher(module_name, groups):
    def watch(module):
        for kind, names in groups:
            for name in names.split():
                function = known.found(module, name)
                if function is not None:
                    _watch(function, kind, name if module_name == "builtins" else "%s.%s" % (module_name, name))

    return watch


def _watch_random(module):
    for name in known.RANDOM_DRAWS.split():
        function = getattr(module, name, None)
        if function is not None:
            _watch(function, "draw", name)


def _watch_numpy(module):
    for name, function in known.numpy_draws(module):
        _watch(function, "draw numpy", name)


def _seed_watcher(name, generator):
    def watch(module):
        function = known.found(module, name)
        if function is not None and not _at_start(function, seeds.starting(generator)):
            _watch(function, "seed", generator)

    return watch


def _watch_asking(module):
    _at_start(getattr(module, known.TENSORFLOW_ASKS, None), lambda frame: seeds.asked(frame.f_back, frame.f_locals.get("op_seed")))


def _making(generator):
    return lambda frame: seeds.made(generator, None, place.of(frame))


def _at_start(function, action):
    """Calls action(frame) where a function in Python starts. False where it is none."""
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    if type(function) is not _Function:  # what Cython makes has a code too, and never starts it
        return False
    _starts[function.__code__] = action
    _monitoring.set_local_events(_tool, function.__code__, _PY_START)
    return True


def _started(code, offset):
    try:
        frame = place.caller(1)
        if frame is not None and code in _starts:
            _starts[code](frame)
    except Exception:
        pass


def _callback(watched, plain_types, disable, tell):
    find = watched.get
    observed = _observed
    method = _Method

    def called(code, offset, function, first):
        try:
            if _paused and code in observed:
                _resume()
            kind = type(function)
            bound = None
            if kind is method:
                bound = function.__self__
                function = function.__func__
                kind = type(function)
            if kind in plain_types:
                functions = find(function.__name__)
                if functions is not None and function in functions:
                    return tell(functions[function], code, offset, first, bound)
        except Exception:
            pass
        return disable

    return called


def _tell(what, code, offset, first, bound):
    kind, label, own = what
    caller = code.co_filename
    if place.is_own(caller) or place.is_quiet(label, caller):
        return _DISABLE
    if kind == "stat" and place.file_text(caller) is None:
        return _DISABLE  # asked for so often by libraries, mostly whether a file is there
    if label == "hash" and (type(first) is int or place.file_text(caller) is None):
        return _DISABLE
    if own is not None and (first if bound is None else bound) is not own:
        return None
    found = place.of(place.caller(2))
    if kind == "seed":
        seeds.called(label, None if first is _MISSING else first, found)
        return None
    if kind == "made":
        seeds.made(label, None, found)
    elif kind == "draw numpy":
        lines.once("draw", '"g":"numpy","fn":"%s"' % label, label, found)
    elif kind == "draw":
        lines.once("draw", '"g":"random","fn":"%s"' % label, label, found)
    else:
        lines.once(kind, '"fn":"%s"' % label, label, found)
    if place.file_text(caller):
        return _DISABLE
    times = _often[code, offset] = _often.get((code, offset), 0) + 1
    return _DISABLE if times > _OFTEN else None

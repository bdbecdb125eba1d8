"""Before Python 3.12: functions that are of interest are replaced by stand-ins when their module has been imported."""

import os

from . import imports, known, lines, place, seeds
from .stand_in import StandIn, replace

# A function called more often than this is put back: what calls it is known by then.
_OFTEN = 5000

_Function = type(replace)
_Method = type(replace.__get__(0))


def start():
    """Gives the layers it adds."""
    for module, groups in known.FUNCTIONS.items():
        imports.after(module, _watcher(module, groups))
    imports.after("random", _watch_random)
    imports.after("numpy.random", _watch_numpy)
    for module, name, generator in known.SEEDERS:
        imports.after(module, _seed_watcher(name, generator))
    imports.after(known.TENSORFLOW_SEEDS, lambda module: replace(module, known.TENSORFLOW_ASKS, _Starting, _asked))
    module, name, generator = known.TENSORFLOW_GENERATORS
    made = lambda frame: seeds.made(generator, None, place.of(frame))
    imports.after(module, lambda module: replace(module, name, _Starting, made))
    return ["wrappers"]


class _Watched(StandIn):
    """Python looks up `__call__` before each call: that is when the call is noted. The original is then called as if
    there were no stand-in, with no frame in between."""

    __slots__ = ("holder", "name", "kind", "rest", "label", "left")

    def __init__(self, original, holder, name, kind, rest, label):
        self.original = original
        self.holder = holder
        self.name = name
        self.kind = kind
        self.rest = rest
        self.label = label
        self.left = _OFTEN

    @property
    def __call__(self):
        try:
            if self.left > 0:
                self.left -= 1
                frame = place.caller(1)
                if frame is None or not place.is_quiet(self.label, frame.f_code.co_filename):
                    lines.once(self.kind, self.rest, self.label, place.of(frame))
                if self.left == 0 and getattr(self.holder, self.name, None) is self:
                    setattr(self.holder, self.name, self.original)
        except Exception:
            pass
        return self.original


class _WatchedFunction(_Watched):
    """For a function in Python: in a class it is a method."""

    __slots__ = ()

    def __get__(self, instance, owner):
        return self if instance is None else _Method(self, instance)


class _Starting(StandIn):
    """Calls action(frame of the caller) before each call, with no frame in between."""

    __slots__ = ("action",)

    def __init__(self, original, action):
        self.original = original
        self.action = action

    @property
    def __call__(self):
        try:
            frame = place.caller(1)
            if frame is not None:
                self.action(frame)
        except Exception:
            pass
        return self.original


def _asked(frame):
    # What it asks with is not seen from here; all of TensorFlow that asks calls it so.
    seeds.asked(frame, frame.f_locals.get("seed"))


class _Seeding(StandIn):
    __slots__ = ("generator",)

    def __init__(self, original, generator):
        self.original = original
        self.generator = generator

    def __call__(self, *args, **options):
        try:
            value = args[0] if args else next(iter(options.values()), None)
            seeds.called(self.generator, value, place.here())
        except Exception:
            pass
        return self.original(*args, **options)


def _put(holder, name, kind, rest, label):
    kind_of_stand_in = _WatchedFunction if type(getattr(holder, name, None)) is _Function else _Watched
    replace(holder, name, kind_of_stand_in, holder, name, kind, rest, label)


def _watcher(module_name, groups):
    def watch(module):
        for kind, names in groups:
            for name in names.split():
                label = "%s.%s" % (module_name, name)
                _put(module, name, kind, '"fn":"%s"' % label, label)

    return watch


def _watch_random(module):
    # `random` may have been imported before the hook, with the original.
    stand_in = os.urandom
    if type(stand_in) is _Watched and module._urandom is stand_in.original:
        module._urandom = stand_in
    for name in known.RANDOM_DRAWS.split():
        _put(module, name, "draw", '"g":"random","fn":"%s"' % name, name)


def _watch_numpy(module):
    for name, _ in known.numpy_draws(module):
        _put(module, name, "draw", '"g":"numpy","fn":"%s"' % name, name)


def _seed_watcher(name, generator):
    holder_path, _, last = name.rpartition(".")

    def watch(module):
        holder = known.found(module, holder_path) if holder_path else module
        if holder is not None:
            replace(holder, last, _Seeding, generator)

    return watch

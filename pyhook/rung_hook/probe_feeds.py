"""How values of each class are digested: Python's own, those of its library, and the program's own objects."""

import collections
import os
import types

from .probe_digest import HANDLERS, Walk, type_name
from .probe_libraries import (
    LIBRARY_FEEDS,
    feed_extension_array,
    feed_generator,
    feed_index,
    feed_number,
)

# Classes of these hold locks, numbers of processes and pictures of themselves: their type alone is looked at.
OPAQUE = frozenset(
    "matplotlib tensorflow keras IPython ipykernel logging threading _thread asyncio concurrent multiprocessing subprocess "
    "socket ssl sqlite3 tkinter io _io tempfile weakref importlib contextlib tqdm urllib http requests urllib3 plotly "
    "zmq traitlets ctypes _ctypes mmap selectors select queue _queue zipfile tarfile joblib argparse inspect ast".split()
)
LOOKED_INTO = frozenset(["subprocess.CompletedProcess", "argparse.Namespace"])
# Classes that pickle and unpickle without running the program's code.
REPLAYABLE = frozenset(
    "numpy pandas sklearn scipy random datetime decimal fractions uuid pathlib collections torch zoneinfo "
    # Their named tuples: of uname, times, and the entries of the lists of users and groups.
    "posix os time pwd grp resource".split()
)
BY_REPR = frozenset(
    "datetime.datetime datetime.date datetime.time datetime.timedelta datetime.timezone decimal.Decimal "
    "fractions.Fraction uuid.UUID pathlib.PosixPath pathlib.PurePosixPath pathlib._local.PosixPath "
    "pathlib._local.PurePosixPath pathlib.WindowsPath builtins.range builtins.slice zoneinfo.ZoneInfo ipaddress.IPv4Address".split()
)
NAMED = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.ModuleType,
    types.GeneratorType,
    types.CoroutineType,
    types.CodeType,
    type,
)


def feed_list(walk, value, depth):
    walk.items(b"[", list.__iter__(value), depth)


def feed_tuple(walk, value, depth):
    walk.items(b"(", tuple.__iter__(value), depth)


def feed_dict(walk, value, depth):
    walk.hash.update(b"{")
    for key, item in dict.items(value):
        walk.feed(key, depth + 1)
        walk.feed(item, depth + 1)
        if walk.left < 0:
            break
    walk.cost += 1000 * len(value)
    walk.hash.update(b"}")


def feed_set(walk, value, depth):
    if walk.text:
        walk.shows = True
        walk.items(b"<", iter(value), depth)
        return
    parts = []
    for item in iter(value):
        part = Walk()
        part.left = walk.left
        part.feed(item, depth + 1)
        walk.left = part.left
        walk.cost += part.cost + 1500
        walk.foreign = walk.foreign or part.foreign
        parts.append(part.hash.digest())
        if walk.left < 0:
            break
    walk.raw(b"<", b"".join(sorted(parts)))


def feed_partial(walk, value, depth):
    """Not by its __dict__, which would be made by looking at it."""
    walk.foreign = True
    walk.items(b"p", (value.func, value.args, value.keywords), depth)


def feed_deque(walk, value, depth):
    walk.items(b"d[", collections.deque.__iter__(value), depth)


def feed_buffer(walk, value, depth):
    walk.raw(b"y", memoryview(value).cast("B"))


def feed_repr(walk, value, depth):
    walk.raw(b"r", (type(value).__name__ + repr(value)).encode("utf-8", "replace"))


def feed_name(walk, value, depth):
    """Functions, classes, modules: they are where their name is."""
    walk.foreign = True
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    walk.hash.update(b"n" + str(name).encode("utf-8", "replace"))
    if walk.text and not isinstance(value, (type, types.ModuleType)):
        walk.shows = True
        walk.hash.update(b"@%d" % id(value))


def feed_type(walk, value, depth):
    walk.foreign = True
    walk.hash.update(b"t" + type_name(type(value)).encode("utf-8", "replace"))
    if walk.text and has_plain_repr(type(value)):
        walk.shows = True
        walk.hash.update(b"@%d" % id(value))
    elif type_name(type(value)).split(".", 1)[0] not in OPAQUE:
        walk.coded = True


def feed_stat(walk, value, depth):
    """Not the inode and the times of reading: they are others in each copy of a tree."""
    walk.items(b"s", (value.st_mode, value.st_size, value.st_mtime_ns, value.st_uid, value.st_gid), depth)


def feed_entry(walk, value, depth):
    walk.foreign = True
    walk.items(b"e", (os.DirEntry.path.__get__(value),), depth)


def feed_file(walk, value, depth):
    """An open file cannot be given back; its encoding says how what it gives is read."""
    walk.foreign = True
    walk.items(b"f", (value.encoding, value.errors), depth)


def feed_temporary(walk, value, depth):
    feed_type(walk, value, depth)
    walk.feed(value.__dict__.get("name"), depth + 1)


def feed_exception(walk, value, depth):
    walk.foreign = walk.coded = True
    walk.hash.update(type_name(type(value)).encode("utf-8", "replace"))
    walk.items(b"x", BaseException.args.__get__(value), depth)


def feed_object(walk, value, depth):
    kind = type(value)
    if walk.text and has_plain_repr(kind):
        feed_type(walk, value, depth)
        return
    name = type_name(kind)
    if name.split(".", 1)[0] not in REPLAYABLE:
        walk.foreign = walk.coded = True
    walk.hash.update(b"o" + name.encode("utf-8", "replace"))
    for key, item in attributes_of(value, kind):
        walk.hash.update(str(key).encode("utf-8", "replace") + b"=")
        walk.feed(item, depth + 1)


def attributes_of(value, kind):
    """What the object holds, past every property and __getattr__ of its class."""
    for base in type.mro(kind) if kind is not type else ():
        space = type.__dict__["__dict__"].__get__(base)
        own = space.get("__dict__")
        if type(own) is types.GetSetDescriptorType:
            for item in list(dict.items(own.__get__(value))):
                yield item
        slots = space.get("__slots__")
        if slots is None:
            continue
        for name in [slots] if isinstance(slots, str) else list(slots):
            member = space.get(name)
            if type(member) is types.MemberDescriptorType:
                try:
                    yield name, member.__get__(value)
                except AttributeError:
                    pass


def has_plain_repr(kind):
    """True where the object's text holds its address."""
    for base in type.mro(kind):
        space = type.__dict__["__dict__"].__get__(base)
        if "__str__" in space or "__repr__" in space:
            return base is object or type_name(base).split(".")[0] in ("matplotlib", "threading", "_io", "io")
    return True


BY_NAME = {
    **LIBRARY_FEEDS,
    "functools.partial": feed_partial,
    "os.stat_result": feed_stat,
    "posix.DirEntry": feed_entry,
    "_io.TextIOWrapper": feed_file,
    "tempfile._TemporaryFileWrapper": feed_temporary,
    "tempfile.TemporaryDirectory": feed_temporary,
}
HANDLERS.update(
    {
        list: feed_list,
        tuple: feed_tuple,
        dict: feed_dict,
        set: feed_set,
        frozenset: feed_set,
        bytearray: feed_buffer,
        memoryview: feed_type,
        collections.deque: feed_deque,
    collections.OrderedDict: feed_dict,
        collections.defaultdict: feed_dict,
    collections.Counter: feed_dict,
        range: feed_repr,
        slice: feed_repr,
    }
)


def handler_for(kind):
    """How values of a class are digested; asked once for each class."""
    if issubclass(kind, NAMED):
        return feed_name
    name = type_name(kind)
    root = name.split(".", 1)[0]
    if name in BY_NAME:
        return BY_NAME[name]
    if name in BY_REPR:
        return feed_repr
    if root == "numpy" and any(base.__name__ == "generic" for base in kind.__mro__):
        return feed_number
    if root == "numpy" and any(base.__name__ == "BitGenerator" for base in kind.__mro__):
        return feed_generator
    if root == "pandas" and any(base.__name__ == "Index" for base in kind.__mro__):
        return feed_index
    if root == "pandas" and any(base.__name__ == "ExtensionArray" for base in kind.__mro__):
        return feed_extension_array
    if root == "pandas" and kind.__name__ in ("Timestamp", "Timedelta", "Period", "Interval", "NaTType"):
        return feed_repr
    if issubclass(kind, BaseException):
        return feed_exception
    for base, handler in ((dict, feed_dict), (list, feed_list), (tuple, feed_tuple)):
        if issubclass(kind, base):
            return with_type(handler)
    if issubclass(kind, (set, frozenset)):
        return feed_type
    if root == "_thread" or (root in OPAQUE and name not in LOOKED_INTO):
        return feed_type
    return feed_object


def with_type(handler):
    """A class of the program's own that is a list, dict or tuple: what is in it, and what it is."""

    def feed(walk, value, depth):
        name = type_name(type(value))
        if name.split(".", 1)[0] not in REPLAYABLE:
            walk.foreign = walk.coded = True
        walk.hash.update(name.encode("utf-8", "replace"))
        handler(walk, value, depth)

    return feed


Walk.handler_for = staticmethod(handler_for)

"""Digests of values that are the same in each process where the values are the same, made without running any code of
the program: no __repr__, __eq__, __hash__ or __getattr__ of its classes is called."""

import collections
import functools
import hashlib
import marshal
import os
import struct
import sys
import types

# More than this many objects, or levels, of one value are not looked at.
OBJECT_LIMIT = 100000
DEPTH_LIMIT = 12
# Larger arrays are digested in part.
BYTES_LIMIT = 256 << 20
# Classes of these hold locks, numbers of processes and pictures of themselves: their type alone is looked at.
OPAQUE = frozenset(
    "matplotlib tensorflow keras IPython ipykernel logging threading _thread asyncio concurrent multiprocessing subprocess "
    "socket ssl sqlite3 tkinter io _io tempfile weakref importlib contextlib tqdm urllib http requests urllib3 plotly "
    "zmq traitlets ctypes _ctypes mmap selectors select queue _queue zipfile tarfile joblib argparse inspect ast".split()
)
LOOKED_INTO = frozenset(["subprocess.CompletedProcess", "argparse.Namespace"])
# Classes that pickle and unpickle without running the program's code.
REPLAYABLE = frozenset(
    "numpy pandas sklearn scipy random datetime decimal fractions uuid pathlib collections torch zoneinfo".split()
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


class Walk:
    """One value on its way into a digest: `cost` is about what it took in nanoseconds, `foreign` says that not all of it can be given back,
    `text` that it is going to be shown: then the order of sets and the addresses of objects count, `shows` says that there
    are such, and `coded` that the program's own code would make the text."""

    __slots__ = ("hash", "left", "cost", "foreign", "text", "shows", "coded", "seen")

    def __init__(self, text=False):
        self.hash = hashlib.blake2b(digest_size=8)
        self.left = OBJECT_LIMIT
        self.cost = 0
        self.foreign = False
        self.text = text
        self.shows = False
        self.coded = False
        self.seen = set()

    def result(self):
        return int.from_bytes(self.hash.digest(), "little")

    def feed(self, value, depth=0):
        kind = type(value)
        scalar = SCALARS.get(kind)
        if scalar is not None:
            data = scalar(value)
            self.cost += len(data)
            self.hash.update(data)
            return
        self.left -= 1
        self.cost += 1500
        if self.left < 0 or depth > DEPTH_LIMIT:
            self.foreign = self.coded = True
            self.hash.update(b"...")
            return
        key = id(value)
        if key in self.seen:
            self.hash.update(b"^")
            return
        self.seen.add(key)
        handler = HANDLERS.get(kind)
        if handler is None:
            handler = HANDLERS[kind] = handler_for(kind)
        try:
            handler(self, value, depth)
        except Exception:
            self.foreign = self.coded = True
            self.hash.update(b"?")
        # Only what contains itself is not gone into again: what is there twice need not be one object in each run.
        self.seen.discard(key)

    def items(self, mark, values, depth):
        self.hash.update(mark)
        count = 0
        for value in values:
            self.feed(value, depth + 1)
            count += 1
            if self.left < 0:
                break
        self.cost += 500 * count
        self.hash.update(b"%d]" % count)

    def raw(self, mark, data):
        size = data.nbytes if isinstance(data, memoryview) else len(data)
        self.cost += size
        self.hash.update(b"%s%d:" % (mark, size))
        self.hash.update(data)


def canonical_float(value):
    return b"f" + struct.pack("<d", value) if value == value else b"fnan"


def text_bytes(value):
    data = value.encode("utf-8", "surrogatepass")
    return b"u%d:" % len(data) + data


SCALARS = {
    int: lambda value: b"i%d" % value if -(1 << 63) < value < (1 << 63) else b"I" + marshal.dumps(value, 2),
    bool: lambda value: b"T" if value else b"F",
    float: canonical_float,
    type(None): lambda value: b"N",
    str: text_bytes,
    bytes: lambda value: b"b%d:" % len(value) + value,
    complex: lambda value: b"c" + canonical_float(value.real) + canonical_float(value.imag),
    type(Ellipsis): lambda value: b"E",
}


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


def type_name(kind):
    module = type.__dict__["__module__"].__get__(kind)
    if not isinstance(module, str):
        module = "builtins"
    return module + "." + type.__dict__["__qualname__"].__get__(kind)


def has_plain_repr(kind):
    """True where the object's text holds its address."""
    for base in type.mro(kind):
        space = type.__dict__["__dict__"].__get__(base)
        if "__str__" in space or "__repr__" in space:
            return base is object or type_name(base).split(".")[0] in ("matplotlib", "threading", "_io", "io")
    return True


def feed_array(walk, value, depth):
    numpy = sys.modules["numpy"]
    array = numpy.asarray(value)
    walk.hash.update(("a" + array.dtype.str + repr(array.dtype.names) + repr(array.shape)).encode())
    if array.dtype.hasobject:
        walk.items(b"O", array.ravel().tolist(), depth)
    else:
        flat = numpy.ascontiguousarray(array).reshape(-1)
        if flat.nbytes > BYTES_LIMIT:
            flat = flat[:: flat.nbytes // BYTES_LIMIT + 1].copy()
        if flat.nbytes:
            walk.raw(b":", flat.view("u1").data)
    mask = value.mask if type(value).__name__ == "MaskedArray" else None
    if mask is not None:
        walk.feed(numpy.asarray(mask), depth + 1)


def feed_number(walk, value, depth):
    walk.raw(b"#" + value.dtype.str.encode(), value.tobytes())


def feed_generator(walk, value, depth):
    bits = value.bit_generator if hasattr(value, "bit_generator") else value
    walk.feed(bits.state, depth + 1)


def feed_legacy(walk, value, depth):
    walk.feed(value.get_state(legacy=False), depth + 1)


def feed_random(walk, value, depth):
    walk.feed(value.getstate(), depth + 1)


def feed_frame(walk, value, depth):
    manager = value._mgr
    walk.hash.update(b"DF" + repr(value.shape).encode())
    walk.feed(getattr(value, "name", None) if value.ndim == 1 else None, depth + 1)
    for axis in manager.axes:
        walk.feed(axis, depth + 1)
    for block in manager.blocks:
        walk.feed(list(block.mgr_locs.as_array), depth + 1)
        walk.feed(block.values, depth + 1)


def feed_index(walk, value, depth):
    if type(value).__name__ == "RangeIndex":
        walk.items(b"R", (value.start, value.stop, value.step), depth)
    elif type(value).__name__ == "MultiIndex":
        walk.feed(list(value.codes), depth + 1)
        walk.feed(list(value.levels), depth + 1)
    else:
        walk.feed(value._data, depth + 1)
    walk.feed(list(value.names), depth + 1)


def feed_extension_array(walk, value, depth):
    if type(value).__name__ == "Categorical":
        walk.feed(value.codes, depth + 1)
        walk.feed(value.categories, depth + 1)
        return
    numpy = sys.modules["numpy"]
    walk.hash.update(repr(value.dtype).encode())
    walk.items(b"X", numpy.asarray(value, dtype=object).tolist(), depth)


def feed_tensor(walk, value, depth):
    plain = value.detach().cpu()
    if plain.is_sparse:
        plain = plain.to_dense()
    walk.hash.update(str(plain.dtype).encode())
    walk.feed(plain.numpy() if str(plain.dtype) != "torch.bfloat16" else plain.float().numpy(), depth + 1)


def feed_torch_generator(walk, value, depth):
    walk.feed(value.get_state(), depth + 1)


def feed_eager(walk, value, depth):
    walk.foreign = True
    walk.feed(value.numpy(), depth + 1)


BY_NAME = {
    "numpy.ndarray": feed_array,
    "numpy.matrix": feed_array,
    "numpy.memmap": feed_array,
    "numpy.ma.MaskedArray": feed_array,
    "numpy.ma.core.MaskedArray": feed_array,
    "numpy.random._generator.Generator": feed_generator,
    "numpy.random.mtrand.RandomState": feed_legacy,
    "random.Random": feed_random,
    "pandas.DataFrame": feed_frame,
    "pandas.Series": feed_frame,
    "pandas.core.frame.DataFrame": feed_frame,
    "pandas.core.series.Series": feed_frame,
    "torch.Tensor": feed_tensor,
    "torch.nn.parameter.Parameter": feed_tensor,
    "torch._C.Generator": feed_torch_generator,
    "tensorflow.python.framework.ops.EagerTensor": feed_eager,
    "tensorflow.python.ops.resource_variable_ops.ResourceVariable": feed_eager,
    "os.stat_result": feed_stat,
    "posix.DirEntry": feed_entry,
}
HANDLERS = {
    list: feed_list,
    tuple: feed_tuple,
    dict: feed_dict,
    set: feed_set,
    frozenset: feed_set,
    bytearray: feed_buffer,
    memoryview: feed_type,
    collections.deque: feed_deque,
    functools.partial: feed_partial,
    collections.OrderedDict: feed_dict,
    collections.defaultdict: feed_dict,
    collections.Counter: feed_dict,
    range: feed_repr,
    slice: feed_repr,
}


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

"""Digests of values that are the same in each process where the values are the same, made without running any code of
the program: no __repr__, __eq__, __hash__ or __getattr__ of its classes is called."""

import hashlib
import marshal
import struct

# More than this many objects, or levels, of one value are not looked at.
OBJECT_LIMIT = 100000
DEPTH_LIMIT = 12
# Larger arrays are digested in part.
BYTES_LIMIT = 256 << 20
# How values of a class are digested, as classes are met; probe_feeds.py says how.
HANDLERS = {}


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
            handler = HANDLERS[kind] = Walk.handler_for(kind)
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


def type_name(kind):
    module = type.__dict__["__module__"].__get__(kind)
    if not isinstance(module, str):
        module = "builtins"
    return module + "." + type.__dict__["__qualname__"].__get__(kind)

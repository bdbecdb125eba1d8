"""Value probes: `__rung_v__(17, f(x))` records what f(x) gave and gives it on. The code that calls them is a copy of the
program's, made by src/diagnose/probes/. Standard library only; a probe never raises, and never runs code of the program.

Recorded values of an earlier run can be given back at chosen places ("replay"): where the results then become those of
that run, the difference comes in at these places.
"""

import builtins
import marshal
import os
import pickle
import zlib

from . import probe_feeds  # noqa: F401 (it says how each class is digested)
from .probe_digest import HANDLERS, SCALARS, Walk, type_name
from .probe_libraries import feed_array, feed_number
from .probe_replay import Replay
from .probe_stream import (
    FORM_ARRAY,
    FORM_MARSHAL,
    FORM_NONE,
    FORM_ORDER,
    FORM_PICKLE,
    FORM_TEXT,
    HEADER,
    LIMIT_SITE,
    PART_ITEM,
    PART_LOOP,
    SITE_LIMIT,
    Streams,
)

# A place whose values cost more nanoseconds than this is looked at its 1st, 2nd, 4th, 8th time from then on; objects that
# a call may have changed, and those that cannot be given back, are worth less.
SITE_BUDGET = 1000000000
SMALL_BUDGET = 100000000
# Larger values are not kept for giving back.
KEPT_LIMIT = 32 << 20
SMALL = 1 << 12
# Whether a class is one of NumPy's for plain arrays and numbers, as classes are met.
array_types = {}
PLAIN_ITEMS = {list, tuple, str, bytes, bytearray, range, dict, type({}.keys()), type({}.values()), type({}.items())}
NOT_PLAIN_ARRAYS = frozenset(
    ["numpy.matrix", "numpy.memmap", "numpy.ma.MaskedArray", "numpy.ma.core.MaskedArray", "numpy.void"]
)
SETS = (set, frozenset)
FUTURES = frozenset(["concurrent.futures._base.Future", "_asyncio.Future", "_asyncio.Task"])


class Probes:
    """The three functions that instrumented code calls, over the streams of this process."""

    def __init__(self, folder, replay_folder, replay_sites):
        self.streams = Streams(folder)
        self.replay = Replay(replay_folder, replay_sites) if replay_folder and replay_sites else None
        self.sites = frozenset(replay_sites) if self.replay else frozenset()

    def make_value(self):
        """Built as a closure: each name it looks up is a local one."""
        here = self.streams.here
        scalars = frozenset(kind for kind in (int, float, str, bool, type(None)))
        dumps, crc32, pack, opened = marshal.dumps, zlib.crc32, HEADER.pack, self.opened
        sites, slow = self.sites, self.value
        form = FORM_MARSHAL << 24

        def __rung_v__(site, value, *changed):
            try:
                stream = here.stream
            except AttributeError:
                stream = opened()
                if stream is None:
                    return value
            if stream.busy or stream.left <= 0:
                return value
            counts = stream.counts
            count = counts[site] = counts.get(site, 0) + 1
            if count > SITE_LIMIT and count & (count - 1):
                if count == SITE_LIMIT + 1:
                    stream.write(LIMIT_SITE, 0, site, FORM_NONE, b"")
                return value
            if type(value) in scalars and value == value and not changed and site not in sites:
                data = dumps(value, 2)
                size = len(data)
                end = stream.pos + 16 + size
                if size < SMALL and end < stream.size - 16:
                    stream.left -= 1
                    stream.map[stream.pos : end] = pack(site | form, size, crc32(data)) + data
                    stream.pos = end
                    return value
            return slow(stream, site, value, changed)

        return __rung_v__

    def opened(self):
        try:
            return self.streams.current()
        except Exception:
            return None

    def value(self, stream, site, value, changed, text=False):
        """Records a value and what the call may have changed; gives what the program goes on with."""
        stream.busy = True
        try:
            if site in self.sites:
                value = self.replay.value(stream, site, value, changed)
            self.record(stream, site, 0, value, text)
            for at, item in enumerate(changed[:12]):
                self.record(stream, site, at + 1, item, False)
        except Exception:
            pass
        finally:
            stream.busy = False
        return value

    def shown(self, site, value):
        """A value that is shown as a whole: the order of sets and the addresses of objects count."""
        stream = self.opened()
        if stream is None or stream.busy or stream.left <= 0:
            return value
        return self.value(stream, site, value, (), True)

    def items(self, site, iterable):
        """What a loop goes over. Lists and their like come from somewhere that was recorded; of a set the order is
        recorded, and of what is made on the way each item."""
        try:
            kind = type(iterable)
            if kind in PLAIN_ITEMS:
                return iterable
            stream = self.streams.current()
            if stream.busy:
                return iterable
            if kind in SETS:
                return self.set_order(stream, site, iterable)
            root = type_name(kind).split(".", 1)[0]
            if not any("__iter__" in vars(base) for base in type.mro(kind)):
                return iterable  # The loop says itself that it cannot go over it.
            if isinstance(iterable, (list, tuple, dict, str)) or root in ("numpy", "pandas", "torch", "scipy"):
                return iterable
        except Exception:
            return iterable
        return self.watched(stream, site, iter(iterable))

    def set_order(self, stream, site, values):
        stream.busy = True
        try:
            digests = [digest_of(item) for item in values] if len(values) <= 100000 else []
            result = values
            if site in self.sites:
                order = self.replay.order(stream, site, digests, values)
                if order is not None:
                    result, digests = order
            data = b"".join(part.to_bytes(8, "little") for part in digests)
            stream.write(site, 0, zlib.crc32(data) | len(data) << 32, FORM_ORDER, data)
            return result
        finally:
            stream.busy = False

    def watched(self, stream, site, iterator):
        if site in self.sites:
            iterator = self.replay.items(stream, site, iterator, digest_of)
        self.record_safely(stream, site, PART_LOOP, None)
        for item in iterator:
            self.record_safely(stream, site, PART_ITEM, item)
            yield item

    def record_safely(self, stream, site, part, item):
        if stream.busy:
            return
        stream.busy = True
        try:
            self.record(stream, site, part, result_of(item), False, result_of(item) is item)
        except Exception:
            pass
        finally:
            stream.busy = False

    def record(self, stream, site, part, value, text, keep=True):
        if type(value) in SCALARS and type(value) is not complex and value == value:
            data = marshal.dumps(value, 2)
            if len(data) <= SMALL:
                stream.write(site, part, zlib.crc32(data), FORM_MARSHAL, data)
                return
        if is_array(type(value)) and value.nbytes <= SMALL and not value.dtype.hasobject and value.dtype.names is None:
            # (NumPy's own scalars as well.) Far quicker than a walk, and most values of numerical code are small.
            data = marshal.dumps((value.dtype.str, value.shape, value.tobytes()), 2)
            stream.write(site, part, zlib.crc32(data), FORM_ARRAY, data)
            return
        key = site << 4 | part
        cost = stream.cost.get(key, 0)
        if cost > (SITE_BUDGET if cost & 1 == 0 else SMALL_BUDGET):
            hits = stream.hits[key] = stream.hits.get(key, 0) + 1
            if hits == 3:
                stream.write(LIMIT_SITE, 0, site, FORM_NONE, b"")
            if hits & (hits - 1):
                return
        walk = Walk(text)
        walk.feed(value)
        # The last bit says that the budget is the small one.
        stream.cost[key] = (cost + walk.cost + 500) & ~1 | (1 if walk.foreign or 1 <= part <= 13 else 0)
        form, data = self.kept(stream, value, walk) if keep else (FORM_NONE, b"")
        stream.write(site, part, walk.result(), form, data)

    def kept(self, stream, value, walk):
        """The value itself, where it can be given back in another run; for one that is only shown, its text."""
        if walk.shows:
            return (FORM_NONE, b"") if walk.coded else (FORM_TEXT, repr(value).encode("utf-8", "surrogatepass"))
        if walk.foreign or walk.left <= 0 or stream.payload_left <= 0:
            return FORM_NONE, b""
        try:
            data = pickle.dumps(value, 4)
        except Exception:
            return FORM_NONE, b""
        if len(data) > min(KEPT_LIMIT, stream.payload_left):
            return FORM_NONE, b""
        stream.payload_left -= len(data)
        return FORM_PICKLE, data


def is_array(kind):
    known = array_types.get(kind)
    if known is None:
        handler = HANDLERS.get(kind) or Walk.handler_for(kind)
        known = handler in (feed_array, feed_number) and type_name(kind) not in NOT_PLAIN_ARRAYS
        array_types[kind] = known
    return known


def digest_of(value):
    walk = Walk()
    walk.feed(result_of(value))
    return walk.result()


def result_of(value):
    """A future that a loop over finished ones gives stands for its result."""
    if type_name(type(value)) in FUTURES:
        return ("future", getattr(value, "_result", None))
    return value


def start(settings):
    """Puts the probes where instrumented code finds them. `settings` are those of the hook."""
    folder = settings["values"]
    os.makedirs(folder, exist_ok=True)
    probe = settings.get("probe") or {}
    probes = Probes(folder, probe.get("replay"), probe.get("replaySites") or ())
    builtins.__rung_v__ = probes.make_value()
    builtins.__rung_i__ = probes.items
    builtins.__rung_s__ = probes.shown
    return probes

"""Gives back, at chosen places, the values that an earlier run recorded, in the order in which it recorded them."""

import collections
import marshal
import os
import pickle
import sys

from .probe_stream import FORM_ARRAY, FORM_MARSHAL, FORM_ORDER, FORM_PICKLE, FORM_TEXT, HEADER, PART_ITEM, PART_LOOP

NOTHING = object()


class Shown(str):
    """Stands in for a value that is only shown, by the text that it had."""

    __slots__ = ()
    __repr__ = str.__str__


class Replay:
    """The values of the chosen sites, by the stream that recorded them (streams have the same names in each run)."""

    def __init__(self, folder, sites):
        self.folder = folder
        self.sites = frozenset(sites)
        self.streams = {}

    def of(self, stream):
        name = os.path.basename(stream.path)
        if name not in self.streams:
            self.streams[name] = read_values(os.path.join(self.folder, name), self.sites)
        return self.streams[name]

    def value(self, stream, site, value, changed):
        values = self.of(stream)
        kept = take(values, (site, 0))
        result = value if kept is NOTHING else put_into(value, kept)
        for at, item in enumerate(changed[:12]):
            kept = take(values, (site, at + 1))
            if kept is not NOTHING:
                put_into(item, kept)
        return result

    def order(self, stream, site, digests, values):
        """The items of a set in the order of the earlier run, with their digests; None where it had others."""
        kept = take(self.of(stream), (site, 0))
        if kept is NOTHING or sorted(kept) != sorted(digests):
            return None
        places = collections.defaultdict(list)
        for digest, item in zip(digests, values):
            places[digest].append(item)
        return [places[digest].pop(0) for digest in kept], kept

    def items(self, stream, site, iterator, digest_of):
        """The items of a loop in the earlier order where they are the same, else the earlier items."""
        loops = self.of(stream).get((site, PART_LOOP))
        wanted = loops.popleft() if loops else []
        own = []
        for item in iterator:
            own.append(item)
            if len(own) >= len(wanted):
                break
        places = collections.defaultdict(list)
        for item in own:
            places[digest_of(item)].append(item)
        if sorted(digest for digest, _ in wanted) == sorted(d for d, all in places.items() for _ in all):
            own = [places[digest].pop(0) for digest, _ in wanted]
        else:
            values = [load(*payload) for _, payload in wanted]
            if all(value is not NOTHING for value in values):
                own = values
        for item in own:
            yield item
        for item in iterator:
            yield item


def put_into(value, kept):
    """`kept` in the place of `value`: in the same object where it can be changed, since others may hold it."""
    if type(value) is not type(kept):
        return kept
    if value is None or isinstance(value, (int, float, str, bytes, tuple, frozenset)):
        return kept
    if isinstance(value, list):
        list.__setitem__(value, slice(None), kept)
    elif isinstance(value, dict):
        dict.clear(value)
        dict.update(value, kept)
    elif type(value).__name__ == "ndarray" and value.shape == kept.shape and value.dtype == kept.dtype:
        if not value.flags.writeable:
            return kept
        value[...] = kept
    elif type(value).__name__ in ("Generator", "RandomState", "Random"):
        put_state(value, kept)
    elif type(value).__name__ in ("DataFrame", "Series"):
        value._mgr = kept._mgr
    elif type(getattr(value, "__dict__", None)) is dict and type(kept.__dict__) is dict:
        value.__dict__.clear()
        value.__dict__.update(kept.__dict__)
    else:
        return kept
    return value


def put_state(value, kept):
    if hasattr(value, "bit_generator"):
        value.bit_generator.state = kept.bit_generator.state
    elif hasattr(value, "set_state"):
        value.set_state(kept.get_state())
    else:
        value.setstate(kept.getstate())


def take(values, key):
    waiting = values.get(key)
    return load(*waiting.popleft()) if waiting else NOTHING


def load(form, data):
    """Only ever called in the run itself, which is the program's own sandbox."""
    try:
        if form == FORM_MARSHAL:
            return marshal.loads(data)
        if form == FORM_PICKLE:
            return pickle.loads(data)
        if form == FORM_ARRAY:
            dtype, shape, content = marshal.loads(data)
            array = sys.modules["numpy"].frombuffer(content, dtype).reshape(shape)
            return array.copy() if shape else array[()]
        if form == FORM_TEXT:
            return Shown(data.decode("utf-8", "surrogatepass"))
        if form == FORM_ORDER:
            return [int.from_bytes(data[at : at + 8], "little") for at in range(0, len(data), 8)]
    except Exception:
        pass
    return NOTHING


def read_values(path, sites):
    """(site, part) -> the payloads in order; for a loop (site, PART_LOOP) -> a list of its items each."""
    values = collections.defaultdict(collections.deque)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return values
    at = 0
    unpack = HEADER.unpack_from
    while at + 16 <= len(data):
        head, size, digest = unpack(data, at)
        site = head & 0xFFFFFF
        if site == 0:
            break
        if site in sites:
            part = head >> 28
            payload = (head >> 24 & 15, data[at + 16 : at + 16 + size])
            if part == PART_LOOP:
                values[site, PART_LOOP].append([])
            elif part == PART_ITEM:
                if values[site, PART_LOOP]:
                    values[site, PART_LOOP][-1].append((digest, payload))
            else:
                values[site, part].append(payload)
        at += 16 + size
    return values

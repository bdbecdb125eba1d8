"""Records which environment variables are looked at. os.environ turns each name into bytes, and back, through two
functions it holds: these are what is replaced, so no frame of the hook's is on the stack when a lookup fails."""

import os

from . import lines, place, text

_lookup = type(os.environ).__getitem__.__code__


def start():
    environment = os.environ
    environment.encodekey = _encoding(environment.encodekey, environment._data)
    environment.decodekey = _decoding(environment.decodekey)


# The name that an iteration gave out last, and where: reading the values is part of the iteration.
_given = None
_iterated_at = None


def _encoding(original, data):
    def encode(value):
        plain = original(value)
        if value is not _given:
            try:
                frame = place.caller(1)
                if frame is not None and frame.f_code is _lookup:
                    here = place.of(frame)
                    if here is not None and here != _iterated_at:
                        rest = '"n":%s,"d":%s' % (text.shown(value), "true" if plain in data else "false")
                        lines.once("env", rest, value, here)
            except Exception:
                pass
        return plain

    return encode


def _decoding(original):
    def decode(value):
        global _given, _iterated_at
        plain = _given = original(value)
        try:
            here = place.here()
            if here is not None:
                _iterated_at = here
                lines.once("env", '"n":"*","d":true', "*", here)
        except Exception:
            pass
        return plain

    return decode

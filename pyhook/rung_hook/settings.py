"""Reads the hook's settings: one JSON object. `json` itself is too slow to import in every process."""

import posix
import sys

from . import text


class _Context:
    """What the scanner in C asks of a decoder."""

    strict = False
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float
    memo = {}


def read(path):
    descriptor = posix.open(path, posix.O_RDONLY | posix.O_CLOEXEC)
    try:
        parts = []
        while True:
            part = posix.read(descriptor, 65536)
            if not part:
                break
            parts.append(part)
    finally:
        posix.close(descriptor)
    return parse(b"".join(parts).decode("utf-8"))


def parse(source):
    if text.c_json is not None:
        return text.c_json.make_scanner(_Context)(source.strip(), 0)[0]
    import json

    found = json.loads(source)
    for name in [name for name in sys.modules if name.partition(".")[0] == "json"]:
        del sys.modules[name]
    return found

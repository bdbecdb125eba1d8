"""Random bytes of the system: drawn from a stream of our own."""

import os
import time

from .. import imports
from . import sites, streams

_choice = 0


def start(choice):
    global _choice
    _choice = choice
    sites.take(os, "urandom", _urandom)
    sites.take(os, "getrandom", _getrandom)
    imports.after("random", _take_random)
    imports.after("uuid", lambda module: sites.take(module, "uuid1", _uuid1))
    imports.after("ssl", lambda module: sites.take(module, "RAND_bytes", _urandom))


def _drawn(size):
    if size == 0:
        return b""
    return streams.stream("entropy", _choice).getrandbits(8 * size).to_bytes(size, "big")


def _urandom(taken, size):
    # What is no size is refused in the original's words.
    if not isinstance(size, int) or size < 0 or not sites.apply_here():
        return taken.original(size)
    return _drawn(size)


def _getrandom(taken, size, flags=0):
    if not isinstance(size, int) or size < 0 or not sites.apply_here():
        return taken.original(size, flags)
    return _drawn(size)


def _take_random(module):
    # `random` took it under another name, maybe before we came.
    module._urandom = os.urandom


def _uuid1(taken, node=None, clock_seq=None):
    """RFC 9562, 5.1; its clock is the clock's affair."""
    if not sites.apply_here():
        return taken.original(node, clock_seq)
    module = __import__("uuid")
    timestamp = time.time_ns() // 100 + 0x01B21DD213814000
    if clock_seq is None:
        clock_seq = streams.stream("uuid1", _choice).getrandbits(14)
    fields = (
        timestamp & 0xFFFFFFFF,
        (timestamp >> 32) & 0xFFFF,
        (timestamp >> 48) & 0x0FFF,
        (clock_seq >> 8) & 0x3F,
        clock_seq & 0xFF,
        module.getnode() if node is None else node,
    )
    return module.UUID(fields=fields, version=1)

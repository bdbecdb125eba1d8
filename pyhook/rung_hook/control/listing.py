"""The order in which folders list what is in them: by name, the other way round, or shuffled."""

import binascii
import os
import sys

from . import sites

_order = "sorted"


def start(order):
    global _order
    _order = order
    taken = {name: getattr(os, name) for name in ("listdir", "scandir")}
    sites.take(os, "listdir", _listdir)
    sites.take(os, "scandir", _scandir)
    # Classes that hold the functions themselves, of modules that were imported before us.
    for module in ("pathlib", "glob"):
        for holder in list(vars(sys.modules.get(module, object)).values()):
            if isinstance(holder, type):
                _replace_in(holder, taken)


def _replace_in(holder, taken):
    for name, original in taken.items():
        held = vars(holder).get(name)
        if getattr(held, "__func__", held) is original:
            setattr(holder, name, staticmethod(getattr(os, name)))


def _ordered(items, name_of):
    if _order == "sorted" or _order == "reversed":
        return sorted(items, key=name_of, reverse=_order == "reversed")
    salt = b"%d " % _order
    return sorted(items, key=lambda item: (binascii.crc32(salt + os.fsencode(name_of(item))), name_of(item)))


def _listdir(taken, path=None):
    names = taken.original(path)
    return _ordered(names, lambda name: name) if sites.apply_here() else names


def _scandir(taken, path=None):
    entries = taken.original(path)
    if not sites.apply_here():
        return entries
    with entries:
        return _Entries(_ordered(entries, lambda entry: entry.name))


class _Entries:
    """As os.scandir gives them: an iterator and a context manager."""

    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def close(self):
        self._entries = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

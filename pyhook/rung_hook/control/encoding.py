"""The encoding of text files that are opened without one, as it is on a machine of another locale."""

import builtins
import io

from .. import imports
from . import sites

_encoding = "utf-8"


def start(encoding):
    global _encoding
    _encoding = encoding
    sites.take(builtins, "open", _open)
    io.open = builtins.open
    if hasattr(io, "text_encoding"):
        sites.take(io, "text_encoding", _text_encoding)
    imports.after("locale", _take_locale)


def _open(taken, file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if encoding in (None, "locale") and isinstance(mode, str) and "b" not in mode and sites.apply_here():
        encoding = _encoding
    return taken.original(file, mode, buffering, encoding, errors, newline, closefd, opener)


def _text_encoding(taken, encoding, stacklevel=2):
    return "locale" if encoding is None else encoding


def _take_locale(module):
    sites.take(module, "getpreferredencoding", lambda taken, do_setlocale=True: _encoding)
    sites.take(module, "getencoding", lambda taken: _encoding)

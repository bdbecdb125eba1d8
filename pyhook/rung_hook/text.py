"""Values as JSON text, in ASCII only: file names that are no Unicode keep their bytes as lone surrogates (PEP 383)."""

import posix
import sys

_known = "_json" in sys.modules
try:
    import _json as c_json
except ImportError:  # a Python without it
    c_json = None
if not _known:
    sys.modules.pop("_json", None)

_getcwd = posix.getcwd
_encoding = sys.getfilesystemencoding()

LONGEST = 1500


def _slow_quoted(value):
    pieces = []
    for character in value:
        number = ord(character)
        if 32 <= number < 127 and character not in '"\\':
            pieces.append(character)
        elif number < 0x10000:
            pieces.append("\\u%04x" % number)
        else:
            number -= 0x10000
            pieces.append("\\u%04x\\u%04x" % (0xD800 | number >> 10, 0xDC00 | number & 0x3FF))
    return '"' + "".join(pieces) + '"'


# A str as JSON text.
quoted = c_json.encode_basestring_ascii if c_json is not None else _slow_quoted


def shown(value):
    """Any object as JSON text, cut to LONGEST characters. Runs no code of the program's: only plain types are written out."""
    kind = type(value)
    if kind is str:
        plain = value
    elif kind is bytes:
        plain = value.decode(_encoding, "surrogateescape")
    elif kind in (int, float, bool) or value is None:
        plain = repr(value)
    elif kind in (list, tuple) and len(value) < 100 and all(type(item) in (int, float, bool, str) for item in value):
        plain = repr(value)
    elif isinstance(value, (int, float)) or kind.__module__ == "numpy":
        plain = repr(value)
    else:
        plain = "<%s>" % kind.__name__
    if len(plain) > LONGEST:
        plain = plain[:LONGEST] + "..."
    return quoted(plain)


def path_of(value):
    """A path that the program gave (str, bytes, os.PathLike) as an absolute str, or None where it is no path (a descriptor).
    Dots within it are left as they are."""
    kind = type(value)
    if kind is not str:
        if kind is bytes:
            value = value.decode(_encoding, "surrogateescape")
        elif kind is int or value is None:
            return None
        elif isinstance(value, str):
            value = str.__str__(value)
        else:
            try:
                value = kind.__fspath__(value)
            except Exception:
                return None
            if type(value) is not str:
                return path_of(value) if type(value) is bytes else None
    if value[:1] == "/":
        return value
    try:
        return _getcwd() + "/" + value if value not in ("", ".") else _getcwd()
    except OSError:
        return value

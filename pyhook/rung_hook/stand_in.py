"""A stand-in for a function: looks, pickles and is called like it, and does not bind to an instance where it lies in a
class (a function in C does not either)."""

import sys


class StandIn:
    """`original` is what it stands for. Subclasses define __call__(*args, **kwargs)."""

    __slots__ = ("original",)

    def __init__(self, original):
        self.original = original

    def __init_subclass__(cls):
        # Each class has a module and a text of its own, which would hide these.
        cls.__module__ = StandIn.__dict__["__module__"]
        cls.__doc__ = StandIn.__dict__["__doc__"]

    def __getattr__(self, name):
        return getattr(self.original, name)

    @property
    def __class__(self):
        return type(self.original)

    @property
    def __doc__(self):
        return self.original.__doc__

    @property
    def __module__(self):
        return self.original.__module__

    def __repr__(self):
        return repr(self.original)

    def __eq__(self, other):
        return self is other or self.original == (other.original if StandIn in type(other).__mro__ else other)

    def __hash__(self):
        return hash(self.original)

    def __reduce_ex__(self, protocol):
        return self.original.__reduce_ex__(protocol) if hasattr(self.original, "__self__") else self.original.__name__


def replace(holder, name, kind, *rest):
    """Puts kind(original, *rest) in the place of holder.name, where there is such a thing; gives it back."""
    original = getattr(holder, name, None)
    if original is None:
        return None
    new = kind(original, *rest)
    setattr(holder, name, new)
    # What `os` has of `posix` is found there when it is pickled.
    home = sys.modules.get(getattr(original, "__module__", None))
    if home is not None and home is not holder and getattr(home, name, None) is original:
        setattr(home, name, new)
    return new

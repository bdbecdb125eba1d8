"""Where a control applies: everywhere, only at some places of the project's code, or everywhere but there. And how a
function is replaced."""

import importlib
import types

from .. import place, text

_only = None
_except = None


def start(control):
    global _only, _except
    _only = _places(control.get("onlySites"))
    _except = _places(control.get("exceptSites"))


def _places(given):
    return None if given is None else {(text.quoted(file), line) for file, line in given}


def apply_here():
    """Whether the control applies to the reading that led to the function that calls this."""
    if _only is None and _except is None:
        return True
    found = place.here()
    at = None if found is None else found[:2]
    return (_only is None or at in _only) and (_except is None or at not in _except)


def caller_file(above=1):
    """The file of the code that called the function that calls this, or of one further out."""
    try:
        raise place.Here
    except place.Here as here:
        frame = here.__traceback__.tb_frame.f_back
        for _ in range(above):
            frame = None if frame is None else frame.f_back
        return "" if frame is None else frame.f_code.co_filename


class _Taken:
    """What a replacement is bound to. It pickles as the module where the function lies."""

    __slots__ = ("original", "module")

    def __init__(self, original, module):
        self.original = original
        self.module = module

    def __reduce__(self):
        return importlib.import_module, (self.module,)


def take(module, name, function):
    """Puts `function(taken, *args)` in the place of module.name, where there is such a thing; taken.original is what was
    there. A bound method: like a function in C it is not bound again where it lies in a class."""
    original = getattr(module, name, None)
    if original is None:
        return None
    renamed = types.FunctionType(
        function.__code__, function.__globals__, name, function.__defaults__, function.__closure__
    )
    renamed.__kwdefaults__ = function.__kwdefaults__
    renamed.__qualname__ = name
    renamed.__doc__ = original.__doc__
    new = types.MethodType(renamed, _Taken(original, module.__name__))
    setattr(module, name, new)
    return new

"""Records the modules that are imported: those at the top, and each of the project's own. Python's own modules
are left out."""

import sys

from . import imports, lines, place, text


def start():
    for name, module in list(sys.modules.items()):
        _tell(name, module)
    imports.after_every(_tell)


def _file(module):
    # No attribute of the module itself is asked for: that could run its code (lazy modules).
    try:
        spec = object.__getattribute__(module, "__dict__").get("__spec__")
        return spec.origin if spec is not None and spec.has_location else None
    except Exception:
        return None


# Top modules that are not the project's: what they import of their own is not looked at.
_foreign = set()


def _tell(name, module):
    top = name.partition(".")[0]
    if top != name and top in _foreign:
        return
    path = _file(module)
    if path is None:
        return
    if place.is_own(path):
        return
    project = place.is_project_file(path)
    if not project:
        _foreign.add(top)
    if not place.is_standard(path) and (top == name or project):
        lines.line("import", '"n":%s,"f":%s' % (text.shown(name), text.shown(path)))

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


def _tell(name, module):
    path = _file(module)
    if path is not None and not place.is_standard(path) and ("." not in name or place.is_project_file(path)):
        lines.line("import", '"n":%s,"f":%s' % (text.shown(name), text.shown(path)))

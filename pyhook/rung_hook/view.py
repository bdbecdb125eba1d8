"""Hides the hook from the program: its variables are not in os.environ, and stay in the process's own environment, which
children inherit."""

import os
import posix

hook_file = b""
hook_folder = b""
# More variables that are hidden and that children inherit, with their values.
also = {}


def hide(path, folder):
    global hook_file, hook_folder
    hook_file = os.fsencode(path)
    hook_folder = os.fsencode(folder)
    seen = posix.environ
    seen.pop(b"RUNG_HOOK", None)
    rest = without(seen.get(b"PYTHONPATH", b""))
    if rest:
        seen[b"PYTHONPATH"] = rest
    else:
        seen.pop(b"PYTHONPATH", None)


def without(search_path):
    """A PYTHONPATH without the hook's folder."""
    if search_path == hook_folder:
        return b""
    return search_path[len(hook_folder) + 1 :] if search_path.startswith(hook_folder + b":") else search_path


def with_hook(search_path):
    """A PYTHONPATH with the hook's folder first."""
    rest = without(search_path)
    return hook_folder + b":" + rest if rest else hook_folder

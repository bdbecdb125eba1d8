"""Lets the processes that the program starts inherit the hook, also where they are given an environment of their own that
was made from this one. A program that clears the environment for a child leaves the child without the hook."""

import os
import posix
import sys

from . import imports, view
from .stand_in import StandIn, replace


def start(settings):
    for name in ("execve", "posix_spawn", "posix_spawnp"):
        replace(os, name, _WithEnvironment)
    # Before Python 3.9 os.environ holds these functions itself.
    for holder in (os, os.environ):
        replace(holder, "putenv", _PutVariable)
        replace(holder, "unsetenv", _UnsetVariable)
    imports.after("subprocess", _replace_fork)


def _replace_fork(module):
    """The way into C that `subprocess` takes: a name of its own from 3.11 on."""
    if hasattr(module, "_fork_exec"):
        replace(module, "_fork_exec", _ForkExec)
    elif "_posixsubprocess" in sys.modules:
        replace(sys.modules["_posixsubprocess"], "fork_exec", _ForkExec)


def _is_ours(path):
    own = posix.environ.get(b"PATH")
    return path is not None and path == own


def _plain(value):
    return os.fsencode(value) if isinstance(value, (str, bytes)) else None


def extended(environment):
    """A mapping for a child with the hook in it, or `environment` itself where it was not made from this process's."""
    if environment is os.environ or type(environment) is not dict:
        if not isinstance(environment, type(os.environ)):
            return environment
        environment = dict(environment)
    own_path = None
    search = b""
    for key in environment:
        plain = _plain(key)
        if plain == b"RUNG_HOOK":
            return environment
        if plain == b"PATH":
            own_path = _plain(environment[key])
        elif plain == b"PYTHONPATH":
            search = _plain(environment[key]) or b""
    if not _is_ours(own_path):
        return environment
    whole = {key: value for key, value in environment.items() if _plain(key) != b"PYTHONPATH"}
    whole[b"PYTHONPATH"] = view.with_hook(search)
    whole[b"RUNG_HOOK"] = view.hook_file
    present = {_plain(key) for key in environment}
    whole.update({name: value for name, value in view.also.items() if name not in present})
    return whole


def extended_list(pairs):
    """As `extended`, for the list of b"NAME=value" that `subprocess` hands over."""
    search = b""
    ours = False
    for pair in pairs:
        if pair.startswith(b"PATH="):
            ours = _is_ours(pair[5:])
        elif pair.startswith(b"PYTHONPATH="):
            search = pair[11:]
        elif pair.startswith(b"RUNG_HOOK="):
            return pairs
    if not ours:
        return pairs
    kept = [pair for pair in pairs if not pair.startswith(b"PYTHONPATH=")]
    hidden = {b"PYTHONPATH": view.with_hook(search), b"RUNG_HOOK": view.hook_file, **view.also}
    names = {pair.partition(b"=")[0] for pair in kept}
    return kept + [name + b"=" + value for name, value in hidden.items() if name not in names]


class _ForkExec(StandIn):
    """_posixsubprocess.fork_exec: the environment is its sixth argument."""

    __slots__ = ()

    def __call__(self, *args):
        if len(args) > 5 and type(args[5]) is list:
            try:
                args = (*args[:5], extended_list(args[5]), *args[6:])
            except Exception:
                pass
        return self.original(*args)


class _WithEnvironment(StandIn):
    """os.execve, os.posix_spawn: (path, argv, env, ...)."""

    __slots__ = ()

    def __call__(self, *args, **options):
        try:
            if len(args) > 2:
                args = (*args[:2], extended(args[2]), *args[3:])
            elif "env" in options:
                options = {**options, "env": extended(options["env"])}
        except Exception:
            pass
        return self.original(*args, **options)


class _PutVariable(StandIn):
    __slots__ = ()

    def __call__(self, *args, **options):
        if len(args) == 2 and args[0] in ("PYTHONPATH", b"PYTHONPATH"):
            try:
                args = (args[0], view.with_hook(os.fsencode(args[1])))
            except Exception:
                pass
        return self.original(*args, **options)


class _UnsetVariable(StandIn):
    __slots__ = ()

    def __call__(self, *args, **options):
        if len(args) == 1 and args[0] in ("PYTHONPATH", b"PYTHONPATH"):
            return os.putenv(args[0], b"")
        return self.original(*args, **options)

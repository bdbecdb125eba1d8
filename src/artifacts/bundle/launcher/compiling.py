"""Compiles what was installed, before any command runs.

Else the first import would do it, and what the compiler warns of would be among the outputs of that run alone.
"""

import importlib.util
import os
import py_compile
import sys
import warnings

from processes import in_processes

# Before Python 3.8 compiled code lies beside its source, whatever is asked for.
HAS_PREFIX = hasattr(sys, "pycache_prefix")


def compile_environment(folder, home):
    """Into pycache/ of the environment, which the commands are told to use: not beside sources that may be read-only."""
    prefix = os.path.join(folder, "pycache") if HAS_PREFIX else None
    compile_below(folder, home, ("lib",), prefix, {})


def compile_beside(folder, home):
    """Beside the sources and never checked against them (PEP 552): the same bytes each time."""
    how = {}
    if sys.version_info >= (3, 7):
        how["invalidation_mode"] = py_compile.PycInvalidationMode.UNCHECKED_HASH
    compile_below(folder, home, ("lib", "tools"), None, how)


def compile_below(folder, home, parts, prefix, how):
    """`folder` is where the environment is now, `home` where it will be."""
    sources = []
    for part in parts:
        for here, folders, names in os.walk(os.path.join(folder, part)):
            folders.sort()
            sources += [os.path.relpath(os.path.join(here, name), folder) for name in sorted(names) if name.endswith(".py")]

    def compile_one(source):
        at, final = os.path.join(folder, source), os.path.join(home, source)
        beside = cache_of(at)
        target = beside if prefix is None else prefix + cache_of(final).replace("%s__pycache__" % os.sep, "")
        try:
            py_compile.compile(at, target, final, doraise=True, **how)
        except (py_compile.PyCompileError, OSError, ValueError, RecursionError):
            # Templates and tests of syntax: nobody imports them.
            pass

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        in_processes(sources, compile_one)


def cache_of(source):
    """Beside the source, whatever this process was told."""
    before = getattr(sys, "pycache_prefix", None)
    if HAS_PREFIX:
        sys.pycache_prefix = None
    try:
        return importlib.util.cache_from_source(source)
    finally:
        if HAS_PREFIX:
            sys.pycache_prefix = before

"""Starts Rung's hook in every Python that inherits RUNG_HOOK, then hands over to the sitecustomize that Python would
have run without it (there mostly is none, and then Python is told just that)."""

import sys

# The modules that most processes need, each after those that it imports: they are kept compiled in one file, since to
# find and read them one by one is most of what a start costs. A module that is missing here is imported as any other.
_TOGETHER = (
    "text", "place", "lines", "settings", "view", "imports", "stand_in", "children", "ends", "audit_events", "audit", "seeds",
    "generators", "logs", "modules", "variables", "known", "calls" if hasattr(sys, "monitoring") else "wrappers", "record")


def _read(path):
    import posix

    descriptor = posix.open(path, posix.O_RDONLY | posix.O_CLOEXEC)
    try:
        return posix.read(descriptor, 1 << 22)
    finally:
        posix.close(descriptor)


def _compiled(folder, cache):
    """The code of the package and of _TOGETHER: (name, file, code) of each."""
    import marshal
    import posix

    kept = "%s/rung-%s-%x" % (cache, sys.implementation.cache_tag, sys.hexversion)
    try:
        return marshal.loads(_read(kept))
    except (OSError, EOFError, ValueError, TypeError):
        pass
    found = []
    for name in ("__init__", *_TOGETHER):
        path = "%s/rung_hook/%s.py" % (folder, name)
        found.append((name, path, compile(_read(path), path, "exec", dont_inherit=True)))
    try:
        try:
            posix.mkdir(cache)
        except FileExistsError:
            pass
        part = "%s.%d" % (kept, posix.getpid())
        descriptor = posix.open(part, posix.O_WRONLY | posix.O_CREAT | posix.O_EXCL | posix.O_CLOEXEC, 0o666)
        try:
            posix.write(descriptor, marshal.dumps(found))
        finally:
            posix.close(descriptor)
        posix.rename(part, kept)
    except OSError:
        pass
    return found


def _load(folder, cache):
    """Gives the package, with the modules of _TOGETHER in it."""
    (_, path, own), *rest = _compiled(folder, cache)
    module = type(sys)
    package = sys.modules["rung_hook"] = module("rung_hook")
    package.__package__ = "rung_hook"
    package.__path__ = [folder + "/rung_hook"]
    package.__file__ = path
    for name, path, code in rest:
        whole = "rung_hook." + name
        if whole not in sys.modules:
            made = sys.modules[whole] = module(whole)
            made.__package__ = "rung_hook"
            made.__file__ = path
            exec(code, made.__dict__)
            setattr(package, name, made)
    exec(own, package.__dict__)
    return package


def _start():
    folder = __file__.rpartition("/")[0]
    # Python 3.8 brought the prefix; before that what is not kept together is compiled anew in each process.
    prefixed = hasattr(sys, "pycache_prefix")
    prefix, no_bytecode = getattr(sys, "pycache_prefix", None), sys.dont_write_bytecode
    try:
        import posix

        settings = posix.environ.get(b"RUNG_HOOK")
        if settings:
            settings = settings.decode(sys.getfilesystemencoding(), "surrogateescape")
            # The hook's folder may be read-only: its compiled files are kept beside the settings, once for each Python.
            cache = settings.rpartition("/")[0] + "/pycache"
            if prefixed:
                sys.pycache_prefix = cache
            sys.dont_write_bytecode = not prefixed
            _load(folder, cache).start(settings, folder)
    except BaseException:
        pass
    finally:
        sys.dont_write_bytecode = no_bytecode
        if prefixed:
            sys.pycache_prefix = prefix
    for name in [name for name in sys.modules if name.partition(".")[0] == "rung_hook"]:
        del sys.modules[name]
    for cached in [path for path in sys.path_importer_cache if path.startswith(folder)]:
        del sys.path_importer_cache[cached]
    if folder in sys.path:
        sys.path.remove(folder)


_start()
# As if this file had never been found: ModuleNotFoundError goes to `site`, which expects it.
sys.modules.pop("sitecustomize", None)
import sitecustomize  # noqa: E402,F401

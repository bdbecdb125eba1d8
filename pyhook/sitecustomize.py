"""Starts Rung's hook in every Python that inherits RUNG_HOOK, then hands over to the sitecustomize that Python would
have run without it (there mostly is none, and then Python is told just that)."""

import sys


def _start():
    folder = __file__.rpartition("/")[0]
    # Python 3.8 brought the prefix; before that the hook is compiled anew in each process.
    prefixed = hasattr(sys, "pycache_prefix")
    prefix, no_bytecode = getattr(sys, "pycache_prefix", None), sys.dont_write_bytecode
    try:
        import posix

        settings = posix.environ.get(b"RUNG_HOOK")
        if settings:
            settings = settings.decode(sys.getfilesystemencoding(), "surrogateescape")
            # The hook's folder may be read-only: its compiled files are kept beside the settings, once for each Python.
            if prefixed:
                sys.pycache_prefix = settings.rpartition("/")[0] + "/pycache"
            sys.dont_write_bytecode = not prefixed
            import rung_hook

            rung_hook.start(settings, folder)
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

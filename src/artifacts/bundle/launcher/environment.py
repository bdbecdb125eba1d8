"""The environment of the commands: the packed wheels installed for the packed Python.

It is made once, where it can be written: in env/ of the bundle, else in a cache. It knows the path that it was made for,
since scripts name their interpreter by it: a bundle that was moved makes it anew.
"""

import hashlib
import json
import os
import shutil
import stat
import sys
import tempfile

from bundle import Fault

MARKER = "rung-environment.json"


class Environment(object):
    def __init__(self, prefix, tools, compiled):
        self.prefix = prefix
        self.bin = os.path.join(prefix, "bin")
        self.python = os.path.join(self.bin, "python")
        self.tools = tools
        self.compiled = compiled


def ready_environment(bundle, tell, compiled=False):
    """The environment, made now where it is not there yet."""
    for home in homes(bundle):
        found = made_before(bundle, home)
        if found is not None:
            return found
    for home in homes(bundle):
        if writable(os.path.dirname(home), bundle):
            return make(bundle, home, tell, compiled)
    raise Fault("nowhere to make the environment: set RUNG_PACK_CACHE to a folder that can be written to")


def homes(bundle):
    """Where it may lie, the best first."""
    name = "%s-%s" % (bundle.manifest["name"], key(bundle)[:16])
    yield bundle.path("env")
    for variable, below in (("RUNG_PACK_CACHE", ()), ("XDG_CACHE_HOME", ("rung-packs",)), ("HOME", (".cache", "rung-packs"))):
        base = os.environ.get(variable, "")
        if os.path.isabs(base):
            yield os.path.join(base, *(below + (name,)))
    private = private_folder()
    if private is not None:
        yield os.path.join(private, name)


def key(bundle):
    """Of all that decides what is made: what is installed, and the path that it leans on."""
    text = json.dumps([bundle.manifest["environment"], os.fsencode(bundle.top).hex()])
    return hashlib.sha256(text.encode("ascii")).hexdigest()


_private = []


def private_folder():
    """A folder of the temporary ones that is this user's alone, the same each time where that can be had."""
    if _private:
        return _private[0]
    try:
        base = tempfile.gettempdir()
    except OSError:
        return None
    folder = os.path.join(base, "rung-packs-%d" % os.getuid())
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        state = os.lstat(folder)
        mine = stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and not state.st_mode & 0o022
        if not mine:
            folder = tempfile.mkdtemp(prefix="rung-packs-")
    except OSError:
        return None
    _private.append(folder)
    return folder


def writable(folder, bundle):
    """Can be written to; a folder of a cache is made where it is missing."""
    if folder != bundle.top:
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        except OSError:
            return False
    return os.access(folder, os.W_OK | os.X_OK)


def made_before(bundle, home):
    try:
        with open(os.path.join(home, MARKER), encoding="ascii") as file:
            marker = json.load(file)
    except (OSError, ValueError):
        return None
    if marker.get("key") != key(bundle) or marker.get("home") != os.fsencode(home).hex():
        return None
    return Environment(home, os.path.join(home, "tools"), marker.get("compiled") is True)


def make(bundle, home, tell, compiled):
    from compiling import compile_beside, compile_environment
    from installing import install_all

    tell("installing %d packages into %s (once)" % (len(bundle.manifest["wheels"]), home))
    # Others may be making it too: each fills a folder of its own, and the first to move it there wins.
    parent = os.path.dirname(home)
    unfinished = tempfile.mkdtemp(prefix=".env-", dir=parent)
    try:
        os.chmod(unfinished, 0o755)
        frame(bundle, unfinished, home)
        install_all(bundle, unfinished, home)
        (compile_beside if compiled else compile_environment)(unfinished, home)
        with open(os.path.join(unfinished, MARKER), "w", encoding="ascii") as file:
            marker = {"key": key(bundle), "home": os.fsencode(home).hex(), "compiled": compiled}
            json.dump(marker, file, sort_keys=True)
            file.write("\n")
        put_in_place(bundle, unfinished, home)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return Environment(home, os.path.join(home, "tools"), compiled)


def put_in_place(bundle, made, home):
    try:
        os.rename(made, home)
        return
    except OSError:
        if not os.path.lexists(home):
            raise
    if made_before(bundle, home) is not None:
        shutil.rmtree(made, ignore_errors=True)
        return
    old = tempfile.mkdtemp(prefix=".old-", dir=os.path.dirname(home))
    os.rename(home, os.path.join(old, "env"))
    os.rename(made, home)
    shutil.rmtree(old, ignore_errors=True)


def frame(bundle, folder, home):
    """What a virtual environment is (PEP 405): pyvenv.cfg, a Python that starts in it, site-packages."""
    major, minor = sys.version_info[:2]
    bin_folder = os.path.join(folder, "bin")
    os.makedirs(bin_folder)
    os.makedirs(os.path.join(folder, "lib", "python%d.%d" % (major, minor), "site-packages"))
    text = "home = %s\ninclude-system-site-packages = false\nversion = %d.%d.%d\n" % (
        (os.path.dirname(bundle.starter), major, minor, sys.version_info[2])
    )
    with open(os.path.join(folder, "pyvenv.cfg"), "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)
    python = os.path.join(bin_folder, "python")
    with open(python, "wb") as file:
        file.write(starter_text(bundle))
    os.chmod(python, 0o755)
    for name in ("python%d" % major, "python%d.%d" % (major, minor)):
        os.symlink("python", os.path.join(bin_folder, name))


def starter_text(bundle):
    """A Python of its own, so that it takes its own place for its home: the packed starter, told where the bundle is."""
    with open(bundle.starter, "rb") as file:
        first, rest = file.read().split(b"\n", 1)
    return first + b"\nRUNG_BUNDLE=" + os.fsencode(quoted(bundle.top)) + b"\n" + rest


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"

"""What is written for each audit event: a function of the event's arguments and the frame that caused it."""

import sys

from . import ends, lines, place, text

_quoted = text.quoted
_path_of = text.path_of
_of = place.of
_once = lines.once
_line = lines.line


known = {}
# Events whose handlers take no frame.
placeless = frozenset(("import", "ctypes.dlopen", "resource.setrlimit", "sys.addaudithook"))


def handlers():
    known.update({
        "open": _open,
        "os.listdir": _listing("os.listdir"),
        "os.scandir": _listing("os.scandir"),
        "os.remove": _change("remove"),
        "os.rename": _change("rename", 1),
        "os.mkdir": _change("mkdir"),
        "os.rmdir": _change("rmdir"),
        "os.link": _change("link", 1),
        "os.symlink": _change("symlink", 1),
        "os.truncate": _change("truncate"),
        "os.chmod": _change("chmod"),
        "import": _import,
        "ctypes.dlopen": _dlopen,
        "sqlite3.connect": _sqlite,
        "subprocess.Popen": _popen,
        "os.exec": _exec,
        "os.posix_spawn": _spawn,
        "os.system": _system,
        "socket.connect": _socket("connect"),
        "socket.bind": _socket("bind"),
        "socket.sendto": _socket("connect"),
        "socket.getaddrinfo": _resolve,
        "socket.gethostbyname": _resolve,
        "socket.gethostname": _machine("socket.gethostname"),
        "tempfile.mkstemp": _machine("tempfile.mkstemp"),
        "tempfile.mkdtemp": _machine("tempfile.mkdtemp"),
        "builtins.id": _address,
        "resource.setrlimit": _limit,
    })
    return known


_modes = ("r", "w", "rw", "rw")
# The same path at the same place in another mode is told of again.
_kinds = ("open", "open w", "open rw", "open rw")
_importer = sys.modules["_frozen_importlib_external"].__dict__


def _open(args, frame):
    path, _, flags = args
    if type(path) is not str or path[:1] != "/":
        path = _path_of(path)
        if path is None:
            return
    if _is_import(frame):
        return  # modules have lines of their own
    # As lines.once, in short: this is what a run does most.
    found = _of(frame)
    way = flags & 3
    key = _kinds[way], path, found
    seen = lines.seen
    if key in seen:
        seen[key] += 1
        return
    lines.remember(key)
    _line("open", '"f":%s,"m":"%s"%s' % (_quoted(path), _modes[way], place.at(found)))


def _listing(function):
    def handler(args, frame):
        path = _path_of("." if args[0] is None else args[0])
        if path is not None and not _is_import(frame):
            _once("list", '"f":%s,"fn":"%s"' % (_quoted(path), function), path, _of(frame))

    return handler


def _is_import(frame):
    # To ask for the frame's code would be an audit event.
    return frame is not None and frame.f_globals is _importer


def _change(function, to=0):
    def handler(args, frame):
        path = _path_of(args[0])
        if path is None:
            return
        rest = '"f":%s,"fn":"%s"' % (_quoted(path), function)
        if to:
            other = args[1] if function == "symlink" else _path_of(args[to])
            rest += ',"to":%s' % text.shown(other)
        _once("change", rest, function + " " + path, _of(frame))

    return handler


def _import(args):
    if type(args[1]) is str:  # an extension module is about to be loaded
        _once("dlopen", '"f":%s' % _quoted(args[1]), args[1], None)


def _dlopen(args):
    if args[0] is not None:
        shown = text.shown(args[0])
        _once("dlopen", '"f":%s' % shown, shown, None)


def _sqlite(args, frame):
    database = args[0]
    if type(database) is str and (database.startswith("file:") or database in ("", ":memory:")):
        path = database
    else:
        path = _path_of(database)
    if path is not None:
        _once("sqlite", '"f":%s' % text.shown(path), path, _of(frame))


def _command(executable, arguments, frame):
    found = _of(frame)
    if found is None and lines.is_noise is not None and lines.is_noise(None):
        return
    if isinstance(arguments, (str, bytes)):
        arguments = (arguments,)
    elif type(arguments) not in (list, tuple):
        arguments = ()
    shown = []
    room = 1500
    for argument in arguments:
        one = text.shown(_plain(argument))
        room -= len(one)
        if room < 0:
            break
        shown.append(one)
    _line("spawn", '"x":%s,"a":[%s]%s' % (text.shown(_plain(executable)), ",".join(shown), place.at(found)))


def _plain(value):
    return value if isinstance(value, (str, bytes)) or value is None or isinstance(value, int) else (
        type(value).__fspath__(value) if hasattr(type(value), "__fspath__") else value)


def _spawn(args, frame):
    while frame is not None and frame.f_globals.get("__name__") == "rung_hook.children":
        frame = frame.f_back
    if frame is None or frame.f_globals.get("__name__") != "subprocess":  # that said it already
        _command(args[0], args[1], frame)


def _popen(args, frame):
    _command(args[0], args[1], frame)


def _exec(args, frame):
    _command(args[0], args[1], frame)
    ends.finish(last=False)


def _system(args, frame):
    _command("/bin/sh", ("sh", "-c", args[0]), frame)


def _socket(how):
    def handler(args, frame):
        address = args[1]
        if type(address) is tuple and len(address) > 1:
            rest = '"how":"%s","h":%s,"o":%s' % (how, text.shown(address[0]), text.shown(address[1]))
        else:
            rest = '"how":"%s","h":%s,"o":null' % (how, text.shown(address))
        _once("net", rest, rest, _of(frame))

    return handler


def _resolve(args, frame):
    port = text.shown(args[1]) if len(args) > 1 and args[1] is not None else "null"
    rest = '"how":"resolve","h":%s,"o":%s' % (text.shown(args[0]), port)
    _once("net", rest, rest, _of(frame))


def _machine(function):
    def handler(args, frame):
        _once("machine", '"fn":"%s"' % function, function, _of(frame))

    return handler


_addresses = 0


def _address(args, frame):
    """id(): told of where the project's own code asks for it, and no more after many calls, since they are frequent."""
    global _addresses
    _addresses += 1
    if _addresses > 1000:
        del known["builtins.id"]
    elif frame is not None and place.file_text(frame.f_code.co_filename):
        _once("machine", '"fn":"id"', "id", _of(frame))


def _limit(args):
    if args[0] == 1:  # RLIMIT_FSIZE: a write beyond it may kill the program
        lines.lost("the program limits the size of files: nothing is recorded from here on")
        ends.finish(last=False)
        lines.stop()

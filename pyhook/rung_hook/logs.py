"""Records what the program logs, and the warnings that it shows."""

import sys

from . import imports, lines, place, text

MOST = 50000
_left = MOST


def start():
    imports.after("logging", _watch_logging)
    imports.after("warnings", _watch_warnings)


def _write(level, logger, message, found):
    global _left
    if lines.is_noise is not None and lines.is_noise(found):
        return
    _left -= 1
    if _left > 0:
        lines.line("log", '"lv":%s,"lg":%s,"m":%s%s' % (text.shown(level), text.shown(logger), text.shown(message), place.at(found)))
    elif _left == 0:
        lines.lost("more than %d log records: the rest is left out" % MOST)


def _message(message, arguments):
    """The message with its arguments where they are plain: others would run the program's code."""
    if type(message) is not str:
        return text.shown(message)[1:-1]
    plain = (int, float, str, bool, type(None))
    values = arguments.values() if type(arguments) is dict else arguments
    if arguments and all(type(value) in plain for value in values):
        try:
            return message % arguments
        except Exception:
            return message
    return message


def _watch_logging(module):
    original = module.getLogRecordFactory()

    def record(*args, **options):
        made = original(*args, **options)
        try:
            _write(made.levelname, made.name, _message(made.msg, made.args), place.here())
        except Exception:
            pass
        return made

    module.setLogRecordFactory(record)


def _watch_warnings(module):
    original = getattr(module, "_showwarnmsg_impl", None)
    if original is None:
        return

    def show(message):
        try:
            _write("WARNING", message.category.__name__, _warning_text(message.message), _warned_at(message))
        except Exception:
            pass
        return original(message)

    module._showwarnmsg_impl = show


def _warning_text(warning):
    arguments = getattr(warning, "args", ())
    return arguments[0] if arguments and type(arguments[0]) is str else type(warning).__name__


def _warned_at(message):
    name = place.file_text(message.filename)
    return (name, message.lineno) if name else place.here()

"""Writes the lines on seeding and on generators that are made."""

from . import lines, place, text


# Called with the name of a generator right before it is seeded.
before = []
# Called with its name and seed (None: drawn from the system) right after the line on that.
after = []
_unsaid = 0


class unsaid:
    """With this, what the hook itself seeds is not taken for the program's doing."""

    def __enter__(self):
        global _unsaid
        _unsaid += 1

    def __exit__(self, *_):
        global _unsaid
        _unsaid -= 1


def seeded(generator, value, found, by=None):
    """A global generator gets a seed; None is one drawn from the system."""
    for action in before:
        action(generator)
    v = "null" if value is None else text.shown(value)
    lines.line("seed", '"g":"%s","v":%s%s%s' % (generator, v, "" if by is None else ',"by":"%s"' % by, place.at(found)))
    for action in after:
        action(generator, value, by)


def made(generator, value, found):
    """A generator object is made."""
    lines.once("generator", '"g":"%s","seeded":%s' % (generator, "false" if value is None else "true"), generator, found)
    if value is not None:
        lines.once("seed", '"g":"%s","v":%s' % (generator, text.shown(value)), generator + text.shown(value), found)


def called(generator, value, found):
    """A function of known.SEEDERS is about to be called."""
    if _unsaid:
        return
    if "." not in generator:
        seeded(generator, value, found)
    elif value is not None:  # without a value it draws from the system, which is seen there
        made(generator, value, found)


def starting(generator):
    """What to do with the frame of a function of known.SEEDERS that starts."""

    def action(frame):
        code = frame.f_code
        value = frame.f_locals.get(code.co_varnames[0]) if code.co_argcount else None
        called(generator, value, place.of(frame))

    return action


def asked(frame, seed):
    """Code in `frame` asks for the seeds of a TensorFlow operation, whose own `seed` makes it draw from nothing shared."""
    if frame is None or seed is not None or _unsaid:
        return
    asker = frame
    while asker.f_code.co_name in ("get_seed", "__init__") and asker.f_back is not None:
        asker = asker.f_back
    name = asker.f_code.co_name
    lines.once("draw", '"g":"tensorflow","fn":%s' % text.quoted(name), name, place.of(frame))


def forced(generator, value, found):
    """A generator that was given no seed gets one (`--force-seed`)."""
    lines.line("seed", '"g":"%s","v":%s,"by":"rung"%s' % (generator, text.shown(value), place.at(found)))

"""Writes the lines on seeding and on generators that are made."""

from . import lines, place, text


# Called with the name of a generator right before it is seeded.
before = []


def seeded(generator, value, found, by=None):
    """A global generator gets a seed; None is one drawn from the system."""
    for action in before:
        action(generator)
    v = "null" if value is None else text.shown(value)
    lines.line("seed", '"g":"%s","v":%s%s%s' % (generator, v, "" if by is None else ',"by":"%s"' % by, place.at(found)))


def made(generator, value, found):
    """A generator object is made."""
    lines.once("generator", '"g":"%s","seeded":%s' % (generator, "false" if value is None else "true"), generator, found)
    if value is not None:
        lines.once("seed", '"g":"%s","v":%s' % (generator, text.shown(value)), generator + text.shown(value), found)


def called(generator, value, found):
    """A function of known.SEEDERS is about to be called."""
    if "." not in generator:
        seeded(generator, value, found)
    elif value is not None:  # without a value it draws from the system, which is seen there
        made(generator, value, found)


def forced(generator, value, found):
    """A generator that was given no seed gets one (`--force-seed`)."""
    lines.line("seed", '"g":"%s","v":%s,"by":"rung"%s' % (generator, text.shown(value), place.at(found)))

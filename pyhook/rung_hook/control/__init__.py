"""Takes over from the program what makes its runs differ: settings["control"] (src/sandbox/hook.ts says what each of its
values means). The same value gives the same behaviour in each run. Nothing else in the hook may change a result."""

from .. import lines
from . import encoding, entropy, generators, listing, machine, order, sites, streams, timers, wall_clock

# What each needs of the settings; the streams and the sites come first.
_PARTS = (
    ("random", generators),
    ("entropy", entropy),
    ("listing", listing),
    ("clock", wall_clock),
    ("timers", timers),
    ("cpuCount", machine.processors),
    ("processId", machine.process_id),
    ("switchInterval", machine.switch_interval),
    ("addresses", machine.addresses),
    ("hidden", machine.hidden),
    ("argument0", machine.argument0),
    ("temporaryNames", machine.temporary_names),
    ("completion", order),
    ("encoding", encoding),
)


def start(settings):
    control = settings["control"]
    streams.start(settings)
    sites.start(control)
    for name, part in _PARTS:
        value = control.get(name)
        if value is None:
            continue
        try:
            (part if callable(part) else part.start)(value)
        except Exception as fault:
            lines.lost("%s is not controlled: %s: %s" % (name, type(fault).__name__, fault))

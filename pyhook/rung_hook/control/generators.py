"""Random number generators: the global ones get a seed before the program can draw from them, and those that are made
without a seed get one of a stream."""

import os
import sys

from .. import imports
from . import sites, streams

_choice = 0


def start(choice):
    global _choice
    _choice = choice
    imports.after("random", _take_random)
    imports.after("numpy.random", _take_numpy)
    imports.after("torch", _take_torch)
    imports.after("tensorflow", _take_tensorflow)


def _take_random(module):
    original = module.Random.seed
    system = module.SystemRandom

    def seed(self, a=None, *args, **options):
        if a is None and not isinstance(self, system) and sites.apply_here():
            a = streams.next_seed("random", _choice)
        return original(self, a, *args, **options)

    for name in ("__doc__", "__qualname__", "__module__", "__defaults__"):
        setattr(seed, name, getattr(original, name))
    module.Random.seed = seed
    own = module._inst
    module.seed = own.seed

    def seed_own():
        original(own, streams.seed_of("global", _choice))

    seed_own()
    # `random` seeds itself anew in each forked child: this runs after it.
    os.register_at_fork(after_in_child=seed_own)


def _take_numpy(module):
    module.seed(streams.seed_of("numpy", _choice) % (2**32 - 5))
    holder = sys.modules.get("numpy.random.bit_generator")
    if holder is None:
        return

    def randbits(taken, k):
        if not sites.apply_here():
            return taken.original(k)
        return streams.made(streams.next_seed("numpy.Generator", _choice)).getrandbits(k)

    # All generators without a seed take their entropy from this one function.
    sites.take(holder, "randbits", randbits)


def _take_torch(module):
    module.manual_seed(streams.seed_of("torch", _choice) % 2**63)

    def seed(taken):
        if not sites.apply_here():
            return taken.original()
        value = streams.next_seed("torch", _choice) % 2**63
        module.manual_seed(value)
        return value

    sites.take(module, "seed", seed)


def _take_tensorflow(module):
    module.random.set_seed(streams.seed_of("tensorflow", _choice) % 2**31)

"""Random number generators: the global ones get a seed before the program can draw from them, and those that are made
without a seed get one of a stream."""

import os
import sys

from .. import imports, seeds
from . import sites, streams

_choice = 0
# Primes: of a power of two the end of a seed would be left, which is the same for every choice.
_LARGE = 2**63 - 25
_SMALL = 2**31 - 1


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
    module.manual_seed(streams.seed_of("torch", _choice) % _LARGE)
    # What a generator of its own takes from the system it takes in C.
    own = module.Generator

    class Kind(type):
        def __instancecheck__(cls, instance):
            return isinstance(instance, own)

    class Generator(own, metaclass=Kind):
        def seed(self):
            if not sites.apply_here():
                return own.seed(self)
            value = streams.next_seed("torch.Generator", _choice) % _LARGE
            self.manual_seed(value)
            return value

    Generator.__module__, Generator.__qualname__ = own.__module__, own.__qualname__
    module.Generator = Generator

    def seed(taken):
        if not sites.apply_here():
            return taken.original()
        value = streams.next_seed("torch", _choice) % _LARGE
        module.manual_seed(value)
        return value

    sites.take(module, "seed", seed)


def _take_tensorflow(module):
    with seeds.unsaid():
        module.random.set_seed(streams.seed_of("tensorflow", _choice) % _SMALL)
    holder = sys.modules.get("tensorflow.python.ops.stateful_random_ops")
    if holder is None:
        return

    def ints(taken, shape, dtype=module.int64):
        if not sites.apply_here():
            return taken.original(shape, dtype)
        # As many as a state can have.
        value = streams.made(streams.next_seed("tensorflow.Generator", _choice))
        numbers = [value.getrandbits(31) for _ in range(int(module.reduce_prod(module.constant(shape, "int32"))))]
        return module.reshape(module.constant(numbers, dtype), shape)

    # All generators that are made from what the system gives take it from this one function.
    sites.take(holder, "non_deterministic_ints", ints)

"""`--seed N`: seeds every global generator before the program's code can draw from it, and switches the frameworks to their
documented deterministic ways. `--force-seed` also seeds generators that are made without a seed."""

import os
import sys

from . import imports, lines, place, seeds

# Which fork this process is: a child's generators get a seed of their own, the same in each run.
_family = ""
_forks = 0
_made = 0
_seed = 0


def start(settings):
    global _seed
    given = settings.get("seed")
    _seed = 0 if given is None else int(given)
    if given is not None:
        imports.after("random", _seed_random)
        imports.after("numpy.random", _seed_numpy)
        imports.after("torch", _seed_torch)
        imports.after("tensorflow", _seed_tensorflow)
    if settings.get("forceSeed"):
        imports.after("random", _force_random)
        imports.after("numpy.random", _force_numpy)


def _told(generator, value):
    seeds.seeded(generator, value, None, by="rung")


def _seed_random(module):
    module.seed(_seed)
    _told("random", _seed)
    # `random` seeds itself anew in each forked child: this runs after it.
    os.register_at_fork(before=_count_fork, after_in_child=lambda: _seed_child(module))


def _count_fork():
    global _forks
    _forks += 1


def _seed_child(module):
    global _family, _forks
    _family = "%s.%d" % (_family, _forks)
    _forks = 0
    value = "%d%s" % (_seed, _family)
    module.seed(value)
    _told("random", value)


def _seed_numpy(module):
    module.seed(_seed % 2**32)
    _told("numpy", _seed % 2**32)


def _seed_torch(module):
    module.manual_seed(_seed)
    _warn_of_others(module)
    _try("torch.backends.cudnn", lambda: _deterministic_cudnn(module.backends.cudnn))
    _told("torch", _seed)


def _warn_of_others(module):
    """Has torch choose deterministic operations, and warn where there is none."""
    function = getattr(module, "use_deterministic_algorithms", None)
    code = getattr(function, "__code__", None)
    if code is None or "warn_only" not in code.co_varnames:
        # It would end the program instead.
        lines.lost("this torch cannot warn of operations that are not deterministic (1.11 can): they are left as they are")
    else:
        _try("torch.use_deterministic_algorithms", lambda: function(True, warn_only=True))


def _deterministic_cudnn(cudnn):
    cudnn.deterministic = True
    cudnn.benchmark = False


def _seed_tensorflow(module):
    with seeds.unsaid():
        module.random.set_seed(_seed)
    _try("tf.config.experimental.enable_op_determinism", lambda: module.config.experimental.enable_op_determinism())
    _told("tensorflow", _seed)


def _try(name, action):
    """Older releases lack some switches, or some of their arguments."""
    try:
        action()
    except Exception as fault:
        lines.lost("%s: %s: %s" % (name, type(fault).__name__, fault))


def derived(bits):
    """The next seed for a generator that was given none: a number of `bits` bits, the same in each run."""
    global _made
    _made += 1
    # A generator of its own, so that nothing of the program's moves. Text is hashed by SHA-512, in the same way everywhere.
    source = sys.modules["_random"].Random if "random" not in sys.modules else sys.modules["random"].Random
    made = source.__new__(source)
    made.seed("rung %d%s %d" % (_seed, _family, _made))
    return made.getrandbits(bits)


def _force_random(module):
    original = module.Random.seed

    def seed(self, a=None, *args, **options):
        if a is None and type(self) is not module.SystemRandom:
            a = derived(64)
            seeds.forced("random.Random", a, place.here())
        return original(self, a, *args, **options)

    module.Random.seed = seed
    module.seed = module._inst.seed


def _force_numpy(module):
    holder = sys.modules.get("numpy.random.bit_generator")
    if holder is None or not hasattr(holder, "randbits"):
        lines.lost("this NumPy's generators cannot be seeded from outside")
        return

    def randbits(k):
        value = derived(k)
        seeds.forced("numpy.Generator", value, place.here())
        return value

    holder.randbits = randbits

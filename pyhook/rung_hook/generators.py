"""Random number generators: digests of their state, which prove that one was moved, and generators that are made without a
seed."""

import posix
import sys

from . import ends, imports, lines, place, seeds

_GLOBAL = {"random": "random", "numpy.random": "numpy", "torch": "torch", "tensorflow": "tensorflow"}


# The digest of each that was written last.
_last = {}


def start():
    value = posix.environ.get(b"PYTHONHASHSEED")
    if value is not None and value.isdigit():
        seeds.seeded("hash", int(value), None)
    imports.after("random", _watch_random)
    imports.after("numpy.random", _watch_numpy)
    for module, generator in _GLOBAL.items():
        imports.after(module, _first_probe(generator))
    seeds.before.append(lambda generator: probe(generator, "seed"))
    ends.at_end(lambda: probe_all("exit"))
    seeds.after.append(_after_seed)
    ends.at_fork(lambda: probe_all("fork"))


def _first_probe(generator):
    return lambda module: probe(generator, "import")


def probe_all(stage):
    for module, generator in _GLOBAL.items():
        if module in sys.modules:
            probe(generator, stage)


def probe(generator, stage):
    """Writes the digest of a global generator's state."""
    module = next((module for module, name in _GLOBAL.items() if name == generator), None)
    loaded = sys.modules.get(module)
    if loaded is None:
        return
    try:
        digest = _DIGESTS[generator](loaded)
    except Exception:
        return
    if digest is None or stage in ("loading", "loaded") and _last.get(generator) == digest:
        return
    _last[generator] = digest
    lines.line("rng", '"g":"%s","s":"%s","d":"%s"' % (generator, stage, digest))


def _after_seed(generator, value, by):
    """Writes the state that the seed leads to, so that a later probe shows whether the generator was used. Only
    torch's can be told, whose draws are not seen otherwise; what Rung seeds is probed as a module's import ends."""
    if by is None and generator == "torch" and value is not None and "torch" in sys.modules:
        module = sys.modules["torch"]
        try:
            own = module.Generator()
            own.manual_seed(int(value))
            digest = _digest_state(own.get_state())
        except Exception:
            return
        _last["torch"] = digest
        lines.line("rng", '"g":"torch","s":"seeded","d":"%s"' % digest)


def _digest_random(module):
    version, state, gauss = module._inst.getstate()
    return "%x" % (hash((state, 0.0 if gauss is None else gauss)) & 0xFFFFFFFFFFFFFFFF)


def _digest_numpy(module):
    name, keys, position, has_gauss, gauss = module.mtrand._rand.get_state()[:5]
    return "%x" % (hash((*keys.tolist(), position, has_gauss, gauss)) & 0xFFFFFFFFFFFFFFFF)


def _digest_torch(module):
    return _digest_state(module.get_rng_state())


def _digest_state(state):
    try:
        value = state.numpy().tobytes()  # ten times as fast; a program may seed at each step
    except Exception:  # without NumPy
        value = tuple(state.tolist())
    return "%x" % (hash(value) & 0xFFFFFFFFFFFFFFFF)


def _digest_tensorflow(module):
    # Asking for the context would make it.
    inner = getattr(sys.modules.get("tensorflow.python.eager.context"), "_context", None)
    if inner is None:
        return None
    state = inner._rng.getstate()[1] if getattr(inner, "_rng", None) is not None else ()
    return "%x" % (hash((inner._seed if isinstance(inner._seed, int) else -1, state)) & 0xFFFFFFFFFFFFFFFF)


_DIGESTS = {
    "random": _digest_random,
    "numpy": _digest_numpy,
    "torch": _digest_torch,
    "tensorflow": _digest_tensorflow,
}


def _watch_random(module):
    """random.Random.seed is what every generator of `random` is seeded through, also when it is made."""
    own = module._inst
    original = module.Random.seed

    def seed(self, a=None, *args, **options):
        try:
            _note_seed(self, a, own)
        except Exception:
            pass
        return original(self, a, *args, **options)

    for name in ("__doc__", "__qualname__", "__module__"):
        setattr(seed, name, getattr(original, name))
    seed.__wrapped__ = original
    module.Random.seed = seed
    if getattr(module.seed, "__func__", None) is original:
        module.seed = own.seed


def _note_seed(generator, value, own):
    frame = place.caller(2)
    if generator is own:
        seeds.seeded("random", value, place.of(frame))
        return
    # tempfile makes a generator for the names of its files
    outer = frame.f_back if frame is not None else None
    if outer is not None and outer.f_code.co_filename == getattr(sys.modules.get("tempfile"), "__file__", None):
        lines.once("machine", '"fn":"tempfile.names"', "tempfile.names", place.of(frame))
    else:
        seeds.made("random.Random", value, place.of(frame))


def _watch_numpy(module):
    """All of NumPy's generators that are made without a seed take their entropy from this one function."""
    holder = sys.modules.get("numpy.random.bit_generator")
    original = getattr(holder, "randbits", None)
    if original is None:
        return

    def randbits(k):
        try:
            seeds.made("numpy.Generator", None, place.here())
        except Exception:
            pass
        return original(k)

    holder.randbits = randbits

"""The functions whose results may differ from run to run, by module: (kind of line, names)."""

_CLOCKS = (
    "time time_ns monotonic monotonic_ns perf_counter perf_counter_ns process_time process_time_ns thread_time "
    "thread_time_ns localtime gmtime ctime asctime strftime clock_gettime clock_gettime_ns"
)

FUNCTIONS = {
    "time": (("clock", _CLOCKS),),
    "os": (
        ("entropy", "urandom getrandom"),
        ("machine", "cpu_count process_cpu_count sched_getaffinity getpid getppid getlogin getuid uname getcwd getcwdb "
                    "getloadavg get_terminal_size sysconf times umask"),
    ),
    "os.path": (("machine", "expanduser getmtime getctime getatime"),),
    "uuid": (("entropy", "uuid4"), ("machine", "uuid1 getnode")),
    "secrets": (("entropy", "token_bytes token_hex token_urlsafe randbelow randbits choice"),),
    "platform": (("machine", "node platform machine processor system release version uname architecture "
                             "python_implementation"),),
    "socket": (("machine", "getfqdn"),),
    "getpass": (("machine", "getuser"),),
    "locale": (("machine", "getlocale setlocale getpreferredencoding getdefaultlocale localeconv strxfrm strcoll"),),
    "tempfile": (("machine", "gettempdir mktemp"),),
}

# Seen by calls only: these are classes' own methods, and built-in functions of every program.
METHODS = {
    "datetime": (("clock", "datetime.now datetime.utcnow datetime.today date.today"),),
    "os": (("stat", "stat lstat fstat DirEntry.stat"),),
    "pathlib": (("machine", "Path.cwd Path.home"), ("stat", "Path.stat Path.lstat")),
    "builtins": (("machine", "hash"),),
}

# Functions in Python through which entropy is drawn.
INNER_ENTROPY = (
    ("uuid", "uuid1 uuid4"),
    ("random", "SystemRandom.random SystemRandom.getrandbits SystemRandom.randbytes"),
)

# Draws of the global generator of `random`.
RANDOM_DRAWS = (
    "random uniform triangular randint choice randrange sample shuffle choices normalvariate lognormvariate expovariate "
    "vonmisesvariate gammavariate gauss betavariate binomialvariate paretovariate weibullvariate getrandbits randbytes"
)

# TensorFlow has no state that moves where nothing seeded it: each operation then draws from the system, in C. Before it does,
# it asks this function of this module for its seeds, giving its own or None.
TENSORFLOW_SEEDS = "tensorflow.python.framework.random_seed"
TENSORFLOW_ASKS = "get_seed"
# Through this one all of its generator objects that are made without a seed take their state from the system.
TENSORFLOW_GENERATORS = ("tensorflow.python.ops.stateful_random_ops", "non_deterministic_ints", "tensorflow.Generator")

# Functions that seed: module, name, generator.
SEEDERS = (
    ("numpy.random", "seed", "numpy"),
    ("numpy.random", "default_rng", "numpy.Generator"),
    ("torch", "manual_seed", "torch"),
    ("torch", "seed", "torch"),
    (TENSORFLOW_SEEDS, "set_seed", "tensorflow"),
    (TENSORFLOW_SEEDS, "set_random_seed", "tensorflow"),
)
# Classes whose first argument is a seed: seen by calls only.
SEEDED_CLASSES = (("numpy.random", "RandomState", "numpy.RandomState"),)


def found(module, path):
    """The thing at a dotted path in a module, or None."""
    for name in path.split("."):
        module = getattr(module, name, None)
    return module


def numpy_draws(module):
    """(name, function) of the draws of NumPy's global generator in numpy.random."""
    own = getattr(getattr(module, "mtrand", None), "_rand", None)
    for name, value in list(vars(module).items()):
        if name not in ("seed", "get_state", "set_state") and own is not None and getattr(value, "__self__", None) is own:
            yield name, value

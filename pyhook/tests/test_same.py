"""A program cannot tell that the hook is there: console, exit code and files are the same to the byte."""

import os
import sys
import unittest

from running import HOOK, HookTest


class SameResults(HookTest):
    def test_what_a_program_can_look_at(self):
        self.same("""
import sys
print(sys.path[1:], sys.flags, sys.argv[1:], sys.getrecursionlimit(), sorted(name for name in sys.modules if name != "atexit"))
print(len(sys.meta_path), len(sys.path_hooks), sorted(sys.path_importer_cache), sys.pycache_prefix, sys.dont_write_bytecode)
import os, gc, warnings, threading
print(sorted(os.environ.items()), sorted(os.environb), warnings.filters, gc.isenabled(),
      gc.get_threshold(), len(threading.enumerate()))
print(open("/dev/null").fileno(), os.dup(0))
""")

    def test_numbers_are_drawn_alike(self):
        self.same("""
import random, hashlib
random.seed(4)
print([random.random() for _ in range(5)], random.gauss(0, 1), random.Random(3).random(), hash((1, 2)), hash("a"))
random.seed("text"); print(random.random())
random.seed(b"x", version=1); print(random.random(), random.Random().seed(a=5))
random.shuffle(list(range(9))); print(random.getstate()[1][-1])
""", variables={"PYTHONHASHSEED": "1"})

    def test_errors_look_alike(self):
        for text in (
            "import os\nos.environ['NOT_THERE']",
            "import nothing_of_that_name",
            "import broken",
            "import importlib\nimportlib.import_module('broken')",
            "from broken2 import x",
            "open('not-there')",
            "import os\nos.listdir('not-there')",
            "import random\nrandom.choice([])",
            "import random\nrandom.randint(3)",
            "import time\ntime.time(3)",
            "import os\nos.cpu_count(5)",
            "import logging\nlogging.warning('%d', 'x')\nlogging.warning('fine %s', 1)\nlogging.getLogger('a').info('no')",
            "import warnings\nwarnings.warn('careful')\nwarnings.warn('old', DeprecationWarning)",
            "import sys\nsys.exit(7)",
            "import subprocess\nsubprocess.run(['not-a-program-at-all'])",
            "def f(n):\n    return f(n + 1)\nf(0)",
            "import socket\nsocket.create_connection(('127.0.0.1', 1), 1)",
        ):
            with self.subTest(text):
                self.same(text, files={"broken.py": "import os\n1 / 0\n", "broken2.py": "def f(:\n"})

    def test_depth_of_the_stack(self):
        self.same("""
import sys
def deep(n):
    try:
        return deep(n + 1)
    except RecursionError:
        return n
print(deep(0))
""")

    def test_functions_look_as_they_were(self):
        self.same("""
import time, random, os, uuid, pickle, inspect, types, copy
for f in (time.time, os.getpid, os.urandom, uuid.uuid4, random.randint, os.getcwd, os._exit, os.execve):
    print(f.__name__, f.__module__, f.__doc__, isinstance(f, types.BuiltinFunctionType), callable(f), f == f, {f: 1}[f],
          copy.copy(f) is f)
    try: print(inspect.signature(f))
    except ValueError as e: print(e)
print(repr(time.time), pickle.dumps(time.time), pickle.loads(pickle.dumps(time.time)) is time.time)
print(pickle.loads(pickle.dumps(os.getcwd)) == os.getcwd, pickle.loads(pickle.dumps(uuid.uuid4)) is uuid.uuid4)
class Job:
    now = time.time
    id = uuid.uuid4
print(type(Job().now()), type(Job.id()).__name__)
try: Job().id()
except TypeError as e: print(e)
print(len(list(map(os.getpid.__call__, []))), type(random.random()), list(map(type, [time.time()])))
""")

    def test_the_site_s_own_customisation_runs(self):
        ran = self.same("print('main', __import__('sitecustomize').there)",
                        files={"own/sitecustomize.py": "print('site'); there = 5\n"},
                        variables={"PYTHONPATH": os.path.join(self.tree, "own")})
        self.assertEqual(ran.out, "site\nmain 5\n")
        self.same("print('main')", files={"own/sitecustomize.py": "1 / 0\n"}, variables={"PYTHONPATH": os.path.join(self.tree, "own")})

    def test_children_with_an_environment_of_their_own(self):
        ran = self.same("""
import os, subprocess, sys
child = [sys.executable, "-c", "import os; print(sorted(os.environ), os.environ.get('PYTHONPATH'))"]
for environment in (None, dict(os.environ, X="1"), {"PATH": os.environ["PATH"]}, {}, dict(os.environ, PYTHONPATH="/x")):
    print(subprocess.run(child, env=environment, stdout=subprocess.PIPE).stdout, environment)
os.environ["PYTHONPATH"] = "/y"
print(subprocess.run(child, stdout=subprocess.PIPE).stdout)
del os.environ["PYTHONPATH"]
print(os.popen("%s -c 'import os; print(os.environ.get(%r))'" % (sys.executable, "PYTHONPATH")).read())
os.spawnve(os.P_WAIT, sys.executable, child, dict(os.environ, Y="2"))
os.environ.clear()
print(subprocess.run(child, stdout=subprocess.PIPE).stdout)
os.execve(sys.executable, child, {"PATH": "/bin"})
""")
        self.assertEqual(len([one for one in ran.of("start") if "-c" in one["a"]]), 8)

    def test_broken_settings(self):
        for content in ("", "{", "[]", '{"record": true}', '{"record":true,"events":"/proc/nope/x","tree":5}'):
            with self.subTest(content):
                broken = os.path.join(self.base, "broken.json")
                with open(broken, "w") as handle:
                    handle.write(content)
                plain = self.run_program("import random, sys; print(1, 'rung_hook' in sys.modules)", hook=False)
                ran = self.run_program("import random, sys; print(1, 'rung_hook' in sys.modules)", hook=False,
                                       variables={"PYTHONPATH": HOOK, "RUNG_HOOK": broken})
                self.assertEqual((ran.code, ran.out, ran.err), (plain.code, plain.out, plain.err))

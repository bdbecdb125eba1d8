"""Programs that work against the hook, or die: their own result is unchanged, and what was written stays."""

import unittest

from running import HookTest


class Hostile(HookTest):
    def test_kill(self):
        ran = self.same("import os, signal\nopen('main.py').close()\nos.kill(os.getpid(), signal.SIGKILL)\n")
        self.assertEqual(ran.of("open", at=self.at(2))[0]["m"], "r")
        self.assertEqual(ran.of("end"), [])

    def test_terminate(self):
        self.same("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n")

    def test_exit_without_ado(self):
        ran = self.same("import os\nprint('x', flush=True)\nos._exit(4)\n")
        self.assertEqual(len(ran.of("end")), 1)

    def test_closes_every_descriptor(self):
        ran = self.same("""
import os
os.closerange(3, 1000)
files = [open("f%d" % i, "w") for i in range(300)]
for f in files: f.write("mine"); f.flush()
print(files[0].fileno(), files[299].fileno())
""", variables={"X": "1"})
        self.assertEqual({content for name, content in ran.files.items() if name != "main.py"}, {b"mine"})
        self.assertEqual(len([one for one in ran.of("open", m="w")]), 300)

    def test_takes_the_descriptor(self):
        ran = self.same("""
import os
mine = os.open("mine", os.O_RDWR | os.O_CREAT)
for number in range(60, 300): os.dup2(mine, number)
open("main.py").close()
os.write(mine, b"only this")
""")
        self.assertEqual(ran.files["mine"], b"only this")

    def test_own_audit_hook(self):
        self.same("""
import sys
seen = []
def hook(event, args):
    if event in ("open", "sys._getframe", "builtins.id", "os.getcwd") or event.startswith("os."):
        seen.append(event)
    if event == "open" and "forbidden" in str(args[0]): raise PermissionError("no")
sys.addaudithook(hook)
try: open("forbidden")
except PermissionError as fault: print(repr(fault))
open("main.py").close()
import os; os.listdir(".")
print(seen)
""")

    def test_raises_in_everything(self):
        self.same("""
import sys
def hook(event, args): raise ValueError(event)
sys.addaudithook(hook)
try: open("main.py")
except ValueError as fault: print(repr(fault))
""")

    def test_replaces_what_the_hook_might_use(self):
        ran = self.same("""
import builtins, os, sys, time, posix
real = open
builtins.open = lambda *a: real(*a)
posix.write = os.write = time.monotonic_ns = os.fstat = None
for name in list(sys.modules):
    if name not in ("sys", "builtins"): sys.modules.pop(name, None)
real("main.py").close()
print("fine")
""")
        self.assertEqual(ran.out, "fine\n")

    def test_signal_handler_that_raises(self):
        ran = self.same("""
import signal, os
class Late(Exception): pass
def late(*_): raise Late
signal.signal(signal.SIGALRM, late)
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    while True: open("main.py").close()
except Late: print("in time")
""")
        self.assertEqual(ran.out, "in time\n")

    def test_limits(self):
        for text in (
            "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (30, 30))\nopen('main.py').close()\nprint(1)",
            "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\nopen('main.py').close()\nopen('x', 'w').write('a')\nprint(1)",
        ):
            with self.subTest(text):
                self.same(text)

    def test_little_room_for_files(self):
        ran = self.same("import subprocess, sys, resource\n"
                        "subprocess.run([sys.executable, '-c', 'print(open(\"main.py\").fileno())'],"
                        "preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20)))\n")
        self.assertEqual(len(ran.of("start")), 2)

    def test_many_forks(self):
        ran = self.same("import os\nfor i in range(300):\n    if os.fork() == 0: os._exit(0)\n    os.wait()\n")
        self.assertEqual((len(ran.of("fork")), len(ran.of("end"))), (300, 301))

    def test_many_events(self):
        ran = self.same("""
import os, resource
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for i in range(60000):
    try: os.open("/not/there/%d" % i, os.O_RDONLY)
    except OSError: pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 25000)
""")
        self.assertEqual(len(ran.of("open", at=self.at(5))), 60000)

    def test_threads(self):
        ran = self.same("""
import threading
def work(n):
    for i in range(200): open("main.py").close()
threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
""")
        self.assertEqual(ran.of("count", at=self.at(4))[0]["n"], 1600)
        self.assertEqual(ran.of("end")[0]["th"], 8)

    def test_odd_names(self):
        self.same("import os\nopen(b'\\xff\\xfe', 'w').close()\nopen('a\\n\"\\u20ac\\U0001f600', 'w').close()\n"
                  "try: open('x' * 5000)\nexcept OSError as e: print(e.errno)\n")


if __name__ == "__main__":
    unittest.main()

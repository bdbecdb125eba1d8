"""What the hook writes of small programs."""

import os
import unittest

from running import MONITORING, HookTest


class Events(HookTest):
    def test_files(self):
        ran = self.run_program("""import os
open("data.csv").close()
for i in range(5):
    open("main.py").close()
with open("out.txt", "w") as f: f.write("x")
os.listdir(".")
list(os.scandir("."))
os.mkdir("d"); os.rename("out.txt", "d/o"); os.remove("d/o")
""", files={"data.csv": "1"})
        path = lambda name: os.path.join(self.tree, name)
        self.assertEqual(ran.of("open", f=path("data.csv"))[0]["at"], self.at(2))
        self.assertEqual([one["n"] for one in ran.of("count", fn=path("main.py"), at=self.at(4))], [5])
        self.assertEqual(ran.of("open", f=path("out.txt"), m="w")[0]["at"], self.at(5))
        self.assertEqual([one["fn"] for one in ran.of("list")], ["os.listdir", "os.scandir"])
        self.assertEqual([one["fn"] for one in ran.of("change")], ["mkdir", "rename", "remove"])
        self.assertEqual(ran.of("change", fn="rename")[0]["to"], path("d/o"))
        self.assertEqual((len(ran.of("start")), len(ran.of("end")), ran.of("lost")), (1, 1, []))

    def test_the_place_is_the_project_s(self):
        ran = self.run_program("import csv, helper\nhelper.far()\n",
                               files={"helper.py": "import json, tempfile\ndef far():\n    tempfile.NamedTemporaryFile().close()\n"})
        self.assertEqual(ran.of("open", m="rw")[0]["at"], self.at(3, "helper.py"))
        self.assertTrue(ran.of("import", n="helper", f=os.path.join(self.tree, "helper.py")))

    def test_random_numbers(self):
        ran = self.run_program("""import random
random.random()
def f(): return random.choice([1, 2])
f()
random.seed(5)
random.seed()
r = random.Random()
r2 = random.Random(6)
random.SystemRandom().random()
""")
        self.assertEqual([(one["fn"], one["at"][1]) for one in ran.of("draw")][:2], [("random", 2), ("choice", 3)])
        self.assertEqual([(one["g"], one["v"], one["at"][1]) for one in ran.of("seed")],
                         [("random", "5", 5), ("random", None, 6), ("random.Random", "6", 8)])
        self.assertEqual([(one["seeded"], one["at"][1]) for one in ran.of("generator")], [(False, 7), (True, 8)])
        stages = {one["s"] + str(index): one["d"] for index, one in enumerate(ran.of("rng"))}
        self.assertNotEqual(stages["import0"], stages["seed1"])
        self.assertIn(9, [one["at"][1] for one in ran.of("entropy", fn="os.urandom")])

    def test_a_generator_that_was_not_moved(self):
        ran = self.run_program("import random\n")
        self.assertEqual(len({one["d"] for one in ran.of("rng")}), 1)

    def test_clock_entropy_machine(self):
        ran = self.run_program("""import time, os, uuid, datetime, socket, secrets
time.time()
os.urandom(3)
uuid.uuid4()
os.cpu_count()
socket.gethostname()
id(os)
secrets.token_hex(2)
datetime.datetime.now()
datetime.date.today()
hash("x")
""")
        seen = {}
        for one in ran.events:
            if one["k"] in ("clock", "entropy", "machine") and "at" in one:
                seen.setdefault((one["k"], one["fn"]), one["at"][1])
        wanted = {("clock", "time.time"): 2, ("entropy", "uuid.uuid4"): 4, ("machine", "os.cpu_count"): 5,
                  ("machine", "socket.gethostname"): 6, ("machine", "id"): 7, ("entropy", "secrets.token_hex"): 8}
        if MONITORING:
            wanted.update({("clock", "datetime.datetime.now"): 9, ("clock", "datetime.date.today"): 10, ("machine", "hash"): 11})
        self.assertEqual({key: seen.get(key) for key in wanted}, wanted)
        self.assertEqual([one["at"][1] for one in ran.of("entropy", fn="os.urandom")], [3, 4, 8])

    @unittest.skipUnless(MONITORING, "needs sys.monitoring")
    def test_file_times(self):
        ran = self.run_program("""import os, pathlib
os.stat("main.py").st_mtime
pathlib.Path("main.py").stat()
[entry.stat() for entry in os.scandir(".")]
os.path.exists("main.py")
""")
        self.assertEqual([(one["fn"], one["at"][1]) for one in ran.of("stat")],
                         [("os.stat", 2), ("pathlib.Path.stat", 3), ("os.DirEntry.stat", 4)])

    @unittest.skipUnless(MONITORING, "needs sys.monitoring")
    def test_calls_between_and_after_imports(self):
        ran = self.run_program("""import random, json
random.random()
for i in range(3):
    if i == 1: import decimal
    random.choice([i])
import helper
""", files={"helper.py": "import fractions, random, statistics\nrandom.uniform(0, 1)\nstatistics.NormalDist().samples(2)\n"})
        self.assertEqual([(one["fn"], one["at"][1]) for one in ran.of("draw") if one["at"][0].endswith("main.py")],
                         [("random", 2), ("choice", 5), ("getrandbits", 5)])
        self.assertEqual([one["at"] for one in ran.of("draw", fn="uniform")], [self.at(2, "helper.py")])
        self.assertIn(self.at(3, "helper.py"), [one["at"] for one in ran.of("draw", fn="random")])

    def test_variables(self):
        ran = self.run_program("""import os
os.environ.get("A"); os.getenv("HOME")
"B" in os.environ
try: os.environ["C"]
except KeyError: pass
dict(os.environ)
os.environ["D"] = "1"
""")
        self.assertEqual([(one["n"], one["d"], one["at"][1]) for one in ran.of("env") if "im" not in one],
                         [("A", False, 2), ("HOME", True, 2), ("B", False, 3), ("C", False, 4), ("*", True, 6)])

    def test_processes(self):
        ran = self.run_program("""import os, subprocess, sys
subprocess.run([sys.executable, "-c", "open('main.py')"])
subprocess.run(["true"])
if os.fork() == 0:
    open("main.py").close()
    os._exit(0)
os.wait()
os.system("true")
if os.fork() == 0:
    os.execv(sys.executable, [sys.executable, "-c", "pass"])
os.wait()
""")
        self.assertEqual([one["at"][1] for one in ran.of("spawn")], [2, 3, 8, 10])
        main = ran.of("start")[0]["p"]
        self.assertEqual([one["pp"] for one in ran.of("fork")], [main, main])
        child = ran.of("fork")[0]["p"]
        self.assertEqual([one["at"][1] for one in ran.of("open", p=child)], [5])
        self.assertEqual(len(ran.of("end", p=child)), 1)
        self.assertEqual(len(ran.of("start")), 3)

    def test_multiprocessing(self):
        for method in ("fork", "spawn", "forkserver"):
            with self.subTest(method):
                ran = self.run_program("""
import multiprocessing, sys
def work(n):
    with open("data%d" % n, "w") as f: f.write("x")
    return n
if __name__ == "__main__":
    with multiprocessing.get_context(sys.argv[1]).Pool(2) as pool:
        print(pool.map(work, range(4)))
""", arguments=[method])
                self.assertEqual(ran.out, "[0, 1, 2, 3]\n", ran.err)
                main = ran.of("start")[0]["p"]
                writes = [one for one in ran.of("open", m="w") if "/data" in one["f"]]
                self.assertEqual([one["at"] for one in writes], [self.at(4)] * 4)
                self.assertNotIn(main, [one["p"] for one in writes])

    def test_logs_and_warnings(self):
        ran = self.run_program("""import logging, warnings
logging.warning("read %d rows of %s", 3, "a")
logging.getLogger("own").error("bad %s", object())
logging.debug("not shown")
warnings.warn("careful")
""")
        self.assertEqual([(one["lv"], one["lg"], one["m"], one["at"][1]) for one in ran.of("log")],
                         [("WARNING", "root", "read 3 rows of a", 2), ("ERROR", "own", "bad %s", 3), ("WARNING", "UserWarning", "careful", 5)])

    def test_network_and_sqlite(self):
        ran = self.run_program("""import socket, sqlite3
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(1)
c = socket.create_connection(s.getsockname())
sqlite3.connect("a.db").close()
""")
        self.assertEqual([(one["how"], one["at"][1]) for one in ran.of("net")], [("bind", 2), ("resolve", 3), ("connect", 3)])
        self.assertEqual(ran.of("sqlite")[0]["f"], os.path.join(self.tree, "a.db"))


class Seeds(HookTest):
    DRAWS = "import random\nprint(random.random(), random.Random().random() if %s else 0)\n"

    def test_seed(self):
        first = self.run_program(self.DRAWS % "False", seed=5)
        self.assertEqual(first.out, self.run_program(self.DRAWS % "False", seed=5).out)
        self.assertNotEqual(first.out, self.run_program(self.DRAWS % "False", seed=6).out)
        self.assertEqual([(one["g"], one["v"], one["by"]) for one in first.of("seed")], [("random", "5", "rung")])

    def test_force_seed(self):
        first = self.run_program(self.DRAWS % "True", seed=5, forceSeed=True)
        self.assertEqual(first.out, self.run_program(self.DRAWS % "True", seed=5, forceSeed=True).out)
        self.assertNotEqual(first.out, self.run_program(self.DRAWS % "True", seed=5).out)
        self.assertEqual([one["at"] for one in first.of("seed", g="random.Random", by="rung")], [self.at(2)])

    def test_forked_children(self):
        text = """
import os, random
for i in range(2):
    if os.fork() == 0:
        print(random.random(), flush=True)
        os._exit(0)
    os.wait()
"""
        first = self.run_program(text, seed=5)
        self.assertEqual(first.out, self.run_program(text, seed=5).out)
        self.assertEqual(len(set(first.out.split())), 2)


if __name__ == "__main__":
    unittest.main()

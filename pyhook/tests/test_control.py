"""What the hook takes over from a program is the same in each run, also before Python 3.8 had audit events."""

import unittest

from running import HookTest


class Control(HookTest):
    def test_the_program_alone_gets_the_fixed_values(self):
        for name, value, code in (
            ("timers", 1000, "import time; print(time.perf_counter(), time.monotonic_ns())"),
            ("processId", 4321, "import os; print(os.getpid())"),
            ("random", 0, "import random; print(random.random(), random.Random().random())"),
            ("entropy", 0, "import os; print(os.urandom(4))"),
        ):
            with self.subTest(name):
                runs = [self.run_program(code, record=False, control={name: value}) for _ in range(2)]
                self.assertEqual([(ran.code, ran.err, ran.events) for ran in runs], [(0, "", [])] * 2)
                self.assertEqual(runs[0].out, runs[1].out)

    def test_what_waits_gets_the_real_timers(self):
        self.same("import threading, queue\nthreading.Event().wait(0.05)\ntry:\n    queue.Queue().get(timeout=0.05)\n"
                  "except queue.Empty:\n    print('empty')\n", control={"timers": 1000})


if __name__ == "__main__":
    unittest.main()

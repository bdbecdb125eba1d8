"""What is seen of torch and TensorFlow, on small modules that are called and move as the real ones do."""

import unittest

from running import MONITORING, HookTest

TORCH = """
import os


class _State(list):
    tolist = list.copy


class Generator:
    def __init__(self):
        self.state = 17

    def manual_seed(self, seed):
        self.state = seed

    def seed(self):
        self.state = int.from_bytes(os.urandom(4), "big")

    def get_state(self):
        return _State([self.state, 1])


_own = Generator()
_own.seed()
said = []


def manual_seed(seed):
    _own.manual_seed(seed)
    return _own


def seed():
    _own.seed()


def get_rng_state():
    return _own.get_state()


def rand():
    _own.state = _own.state * 69069 % 2**32
    return _own.state


def use_deterministic_algorithms(mode, *, warn_only=False):
    said.append(("deterministic", mode, warn_only))
"""

RANDOM_SEED = """
import random
seeds = {"global": None, "rng": None}


def set_seed(seed):
    seeds.update({"global": seed, "rng": random.Random(seed)})


def get_seed(op_seed):
    return seeds["global"], op_seed
"""

TENSORFLOW = {
    "__init__.py": "from . import random\n",
    "random.py": "from .python.framework.random_seed import set_seed\nfrom .python.ops.random_ops import uniform\n",
    "python/__init__.py": "",
    "python/framework/__init__.py": "",
    "python/framework/random_seed.py": RANDOM_SEED,
    "python/ops/__init__.py": "",
    "python/ops/random_ops.py": "from tensorflow.python.framework import random_seed\n\n\n"
                                "def uniform(seed=None):\n    random_seed.get_seed(seed)\n    return 4\n",
}

RICH = "from random import getrandbits\nimport random\nnumber = random.getrandbits(24)\n"


class FrameworksTest(HookTest):
    def run_with(self, text, **settings):
        """Runs it with the modules above installed in a site-packages of the tree."""
        files = {"site-packages/torch.py": TORCH, "site-packages/rich.py": RICH}
        files.update(("site-packages/tensorflow/" + path, content) for path, content in TENSORFLOW.items())
        ran = self.run_program(text, files=files, variables={"PYTHONPATH": self.tree + "/site-packages"}, **settings)
        self.assertEqual(ran.err, "")
        return ran

    def stages(self, ran, generator):
        return [(one["s"], one["d"]) for one in ran.of("rng", g=generator)]

    def test_torch_drawn_without_a_seed_has_moved(self):
        (first, before), (last, after) = self.stages(self.run_with("import torch\ntorch.rand()\n"), "torch")
        self.assertEqual([first, last], ["import", "exit"])
        self.assertNotEqual(before, after)

    def test_a_seed_of_torch_has_its_place_and_tells_whether_it_was_used(self):
        for rest, used in (("", False), ("torch.rand()\n", True)):
            ran = self.run_with("import torch\n\ntorch.manual_seed(5)\n" + rest)
            [seed] = ran.of("seed", g="torch")
            self.assertEqual([seed["v"], seed["at"]], ["5", [self.tree + "/main.py", 3]])
            stages = self.stages(ran, "torch")
            self.assertEqual([stage for stage, _ in stages], ["import", "seed", "seeded", "exit"])
            self.assertEqual(stages[-1][1] != stages[-2][1], used)

    def test_a_seeding_is_seen_behind_a_wrapper_that_calls_other_things_first(self):
        wrapped = "import torch\n\n\ndef call(function, *given):\n    return function(*given)\n\n\n"
        ran = self.run_with(wrapped + "call(len, [])\ncall(torch.manual_seed, 5)\n")
        self.assertEqual([one["v"] for one in ran.of("seed", g="torch")], ["5"])

    def test_a_seed_of_torch_that_comes_from_the_system_is_none(self):
        [seed] = self.run_with("import torch\ntorch.seed()\n").of("seed", g="torch")
        self.assertIsNone(seed["v"])


    def test_tensorflow_asks_for_a_seed_where_nothing_gave_one(self):
        text = "import tensorflow as tf\n\ntf.random.uniform(seed=3)\ntf.random.uniform()\ntf.random.set_seed(5)\n"
        ran = self.run_with(text)
        self.assertEqual([(one["fn"], one["at"][1]) for one in ran.of("draw", g="tensorflow")], [("uniform", 4)])
        self.assertEqual([(one["v"], one["at"][1]) for one in ran.of("seed", g="tensorflow")], [("5", 5)])

    def test_the_seed_from_outside_is_set_before_the_program_and_is_rungs(self):
        ran = self.run_with("import tensorflow, torch\nprint(torch.rand(), torch.said)\n", seed=7)
        self.assertEqual(ran.out, "483483 [('deterministic', True, True)]\n")
        for generator in ("torch", "tensorflow"):
            self.assertEqual([(one["v"], one.get("by"), "at" in one) for one in ran.of("seed", g=generator)], [("7", "rung", False)])

    def test_a_program_that_needs_neither_imports_neither(self):
        ran = self.run_with("import sys\nprint([name for name in ('torch', 'tensorflow') if name in sys.modules])\n", seed=7)
        self.assertEqual(ran.out, "[]\n")

    def test_what_a_library_draws_while_it_is_imported_is_told_apart(self):
        ran = self.run_with("import random\nimport rich\nrandom.seed(4)\nrandom.random()\n")
        if MONITORING:
            stages = [stage for stage, _ in self.stages(ran, "random")]
            self.assertEqual(stages[-3:], ["loaded", "seed", "exit"])
        else:
            self.assertEqual([one.get("im") for one in ran.of("draw", g="random")], [True, None])

    def test_a_forked_child_seeds_random_anew(self):
        ran = self.run_with("import os, random\nrandom.seed(4)\nif os.fork() == 0:\n    random.random()\n    os._exit(0)\nos.wait()\n")
        self.assertEqual([one["s"] for one in ran.of("rng", g="random") if one["p"] != ran.events[0]["p"]], ["fork", "exit"])


if __name__ == "__main__":
    unittest.main()

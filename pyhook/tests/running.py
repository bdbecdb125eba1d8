"""Runs small programs with and without the hook, each in a fresh folder, and reads what was recorded."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HOOK = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MONITORING = hasattr(sys, "monitoring")


class Ran:
    def __init__(self, code, out, err, files, events):
        self.code = code
        self.out = out
        self.err = err
        self.files = files
        self.events = events

    def of(self, kind, **keys):
        """The lines of a kind whose keys have these values."""
        return [one for one in self.events if one["k"] == kind and all(one.get(key) == value for key, value in keys.items())]


class HookTest(unittest.TestCase):
    def setUp(self):
        self.base = os.path.realpath(tempfile.mkdtemp(prefix="rung-hook-"))
        self.addCleanup(shutil.rmtree, self.base, True)
        self.tree = os.path.join(self.base, "tree")
        self.shared = os.path.join(self.base, "shared")

    def run_program(self, text, hook=True, arguments=(), files=None, options=(), variables=None, **settings):
        """Runs `text` as main.py in a tree of its own (and `files`, by path)."""
        for folder in (self.tree, self.shared):
            shutil.rmtree(folder, True)
            os.mkdir(folder)
        for path, content in dict(files or {}, **{"main.py": text}).items():
            whole = os.path.join(self.tree, path)
            os.makedirs(os.path.dirname(whole), exist_ok=True)
            with open(whole, "w") as handle:
                handle.write(content)
        environment = {"PATH": os.environ["PATH"], "HOME": self.base, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
        environment.update(variables or {})
        events = os.path.join(self.shared, "events.jsonl")
        if hook:
            whole = {"record": True, "seed": None, "forceSeed": False, "control": None, "probe": None, "tree": self.tree,
                     "events": events, "values": os.path.join(self.shared, "values")}
            whole.update(settings)
            with open(os.path.join(self.shared, "hook.json"), "w") as handle:
                json.dump(whole, handle)
            environment["PYTHONPATH"] = ":".join(filter(None, [HOOK, environment.get("PYTHONPATH")]))
            environment["RUNG_HOOK"] = os.path.join(self.shared, "hook.json")
        ran = subprocess.run([sys.executable, *options, os.path.join(self.tree, "main.py"), *arguments], cwd=self.tree,
                             env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        found = {}
        for folder, _, names in os.walk(self.tree):
            for name in names:
                with open(os.path.join(folder, name), "rb") as handle:
                    found[os.path.relpath(os.path.join(folder, name), self.tree)] = handle.read()
        return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode(), found, read_events(events))

    def same(self, text, **given):
        """Runs a program without and with the hook: what can be seen of both must be the same. Gives the second run."""
        plain = self.run_program(text, hook=False, **given)
        hooked = self.run_program(text, **given)
        self.assertEqual((hooked.code, hooked.out, hooked.err), (plain.code, plain.out, plain.err))
        self.assertEqual(hooked.files, plain.files)
        return hooked

    def at(self, line, name="main.py"):
        return [os.path.join(self.tree, name), line]


def read_events(path):
    if not os.path.exists(path):
        return []
    found = []
    with open(path, "rb") as handle:
        for line in handle:
            assert len(line) <= 4000, line
            found.append(json.loads(line.decode("ascii")))
    return found

"""Starts the project's own Python as a Jupyter kernel: kernel_bootstrap.py OVERLAY TREE REPORT -f CONNECTION ...

OVERLAY is a folder with ipykernel's closure. It is used only where the project has no ipykernel of its own, and comes
last on sys.path, so that the project's packages win. What the notebook's own code (its cells, and the Python files of
TREE) imports from it anyway is written to REPORT, a JSON list: elsewhere that import would fail.

Runs on every Python from 3.7; imports the standard library alone until the kernel starts.
"""

import ast
import importlib.util
import json
import os
import sys

# They come with every Python kernel of Jupyter, whichever way a notebook is run.
KERNEL_PACKAGES = ("IPython", "ipykernel", "matplotlib_inline")


class ImportRecorder(ast.NodeTransformer):
    """Sees each cell's syntax tree before it runs, and changes nothing in it.

    Wrapping __import__ would show in the tracebacks of failing imports, which are outputs.
    """

    def __init__(self, overlay, tree, report):
        self.overlay = os.path.realpath(overlay) + os.sep
        self.tree = os.path.realpath(tree) + os.sep
        self.report = report
        self.names = set()
        self.read = set()
        self.written = None

    def visit(self, node):
        self.names.update(imported_names(node))
        return node

    def write(self, *_args):
        """After each cell: which of the imported modules does the overlay serve?"""
        try:
            self.read_tree_modules()
            served = sorted(name for name in self.names if self.is_served(name))
            if served != self.written:
                with open(self.report, "w", encoding="utf-8") as file:
                    json.dump(served, file)
                self.written = served
        except Exception as error:  # The notebook's run must not fail for our bookkeeping.
            sys.__stderr__.write("kernel_bootstrap: %r\n" % (error,))

    def read_tree_modules(self):
        for module in list(sys.modules.values()):
            path = getattr(module, "__file__", None)
            if not isinstance(path, str) or path in self.read or not path.endswith(".py"):
                continue
            self.read.add(path)
            real = os.path.realpath(path)
            if real.startswith(self.tree) and not real.startswith(sys.prefix + os.sep):
                with open(real, "rb") as file:
                    self.names.update(imported_names(ast.parse(file.read())))

    def is_served(self, name):
        if name in KERNEL_PACKAGES:
            return False
        module = sys.modules.get(name)
        places = [getattr(module, "__file__", None) or ""]
        places += list(getattr(module, "__path__", None) or [])
        return any(os.path.realpath(place).startswith(self.overlay) for place in places if place)


def imported_names(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.split(".")[0]


def main():
    overlay, tree, report = sys.argv[1:4]
    # Python put this file's folder first; a kernel has no such entry.
    here = os.path.dirname(os.path.realpath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry or ".") != here]
    sys.argv[1:4] = []
    uses_overlay = bool(overlay) and importlib.util.find_spec("ipykernel") is None
    if uses_overlay:
        sys.path.append(overlay)
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize(sys.argv[1:])
    if uses_overlay:
        recorder = ImportRecorder(overlay, tree, report)
        app.shell.ast_transformers.append(recorder)
        app.shell.events.register("post_run_cell", recorder.write)
    app.start()


if __name__ == "__main__":
    main()

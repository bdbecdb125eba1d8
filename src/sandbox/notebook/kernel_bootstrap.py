"""Starts the project's own Python as a Jupyter kernel: kernel_bootstrap.py OVERLAY TREE REPORT -f CONNECTION ...

OVERLAY is a folder with ipykernel's closure. It is used only where the project has no ipykernel of its own, and serves
last, so that the project's packages win. It is there for the kernel: installed packages find nothing in it, as they
would find nothing elsewhere, and what the notebook's own code (its cells, and the Python files of TREE) imports from it
is written to REPORT, a JSON list: elsewhere that import would fail.

Runs on every Python from 3.6; imports the standard library alone until the kernel starts.
"""

import ast
import importlib
import importlib.machinery
import importlib.util
import json
import os
import re
import sys
import sysconfig

# They come with every Python kernel of Jupyter, whichever way a notebook is run.
KERNEL_PACKAGES = ("IPython", "ipykernel", "matplotlib_inline")
KERNEL_DISTRIBUTIONS = ("ipython", "ipykernel", "matplotlib_inline")


class Overlay:
    """Serves the overlay's modules by who asks. Comes last among the finders, and, as `Stash`, first.

    What the kernel loaded when it started would be found in sys.modules without a question, so before each cell it is
    taken out of there; an import brings the same module back.
    """

    def __init__(self, folder):
        self.folder = folder
        self.prefix = os.path.realpath(folder) + os.sep
        paths = sysconfig.get_paths()
        self.packages = tuple(os.path.realpath(paths[key]) + os.sep for key in ("purelib", "platlib"))
        self.standard = tuple(os.path.realpath(paths[key]) + os.sep for key in ("stdlib", "platstdlib"))
        self.stash = {}
        self.asked = set()

    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if path is not None and not any(self.holds(place) for place in path):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path or [self.folder])
        return None if spec is None or not self.may_have(top) else spec

    def find_distributions(self, context):
        """importlib.metadata (Python 3.8 and later) asks this of finders; entry points are found by it too."""
        from importlib.metadata import MetadataPathFinder

        there = type(context)(name=context.name, path=[self.folder])
        found = MetadataPathFinder().find_distributions(there)
        if self.asker() == "kernel":
            return found
        return (one for one in found if (one.metadata["Name"] or "").replace("-", "_") in KERNEL_DISTRIBUTIONS)

    def may_have(self, top):
        if top in KERNEL_PACKAGES:
            return True
        asker = self.asker()
        if asker == "notebook":
            self.asked.add(top)
        return asker != "package"

    def asker(self):
        """Whose code imports: the innermost that is not the standard library's, which imports on others' behalf."""
        frame = sys._getframe(1)
        while frame is not None:
            name = frame.f_code.co_filename
            if not name.startswith("<frozen ") and name != __file__:
                real = os.path.realpath(name)
                if real.startswith(self.prefix):
                    return "kernel"
                if real.startswith(self.packages) or "/dist-packages/" in real or "/site-packages/" in real:
                    return "package"
                if not real.startswith(self.standard):
                    return "notebook"
            frame = frame.f_back
        return "kernel"

    def holds(self, place):
        return isinstance(place, str) and (os.path.realpath(place) + os.sep).startswith(self.prefix)

    def serves(self, module):
        places = [getattr(module, "__file__", None)] + list(getattr(module, "__path__", None) or [])
        return any(self.holds(place) for place in places)

    def hide(self, *_args):
        """Before each cell."""
        served = {}
        for name, module in list(sys.modules.items()):
            top = name.split(".")[0]
            if top not in served:
                served[top] = top not in KERNEL_PACKAGES and self.serves(sys.modules.get(top))
            if served[top]:
                self.stash[name] = module
                del sys.modules[name]


class Stash:
    """Brings back what Overlay took out of sys.modules: the same object, since loading anew would make a second."""

    def __init__(self, overlay):
        self.overlay = overlay
        self.specs = {}

    def find_spec(self, name, path=None, target=None):
        module = self.overlay.stash.get(name)
        if module is None or (path is None and self.is_elsewhere(name)):
            return None
        if not self.overlay.may_have(name.split(".")[0]):
            return None
        self.specs[name] = getattr(module, "__spec__", None)
        return importlib.machinery.ModuleSpec(name, self, is_package=hasattr(module, "__path__"))

    def is_elsewhere(self, name):
        """True where sys.path has come to hold a module of this name, which then is the one that is meant."""
        try:
            spec = importlib.machinery.PathFinder.find_spec(name)
        except Exception:
            return False
        places = [] if spec is None else [spec.origin] + list(spec.submodule_search_locations or [])
        return any(isinstance(place, str) and not self.overlay.holds(place) for place in places)

    def create_module(self, spec):
        return self.overlay.stash[spec.name]

    def exec_module(self, module):
        module.__spec__ = self.specs.pop(module.__spec__.name, None)


# The first major versions that the overlay's ipykernel works with: with older ones it stops, or waits without end.
OLDEST = {"IPython": ("ipython", 5), "zmq": ("pyzmq", 17)}


class LaterPackages:
    """Serves the overlay's package where the project's own is older than the overlay's ipykernel can use."""

    def __init__(self, folder):
        self.folder = folder
        self.names = [name for name, (distribution, oldest) in OLDEST.items() if is_older(name, distribution, oldest)]

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.PathFinder.find_spec(name, [self.folder]) if name in self.names else None


def is_older(name, distribution, oldest):
    """Told by the metadata beside the package: a module that was imported once stays."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.origin:
        return False
    pattern = re.compile(re.escape(distribution) + r"-(\d+)\.[^-]*(?:-py[\d.]+)?\.(?:dist|egg)-info", re.IGNORECASE)
    beside = os.listdir(os.path.dirname(os.path.dirname(spec.origin)))
    majors = [int(found.group(1)) for found in map(pattern.fullmatch, beside) if found]
    return bool(majors) and max(majors) < oldest


class InlineBackends:
    """Finds the overlay's backend for pictures, for `InlineBackend` to load. Comes before the other finders."""

    def find_spec(self, name, path=None, target=None):
        if name not in ("ipykernel.pylab.backend_inline", "matplotlib_inline.backend_inline"):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = InlineBackend(spec.loader.name, spec.loader.path)
        return spec


class InlineBackend(importlib.machinery.SourceFileLoader):
    """It asks Matplotlib for what came with version 2.0, only to note beside a picture whether its background is dark.

    With an older Matplotlib each picture would fail by that. The kernels of its day made no such note.
    """

    def exec_module(self, module):
        super().exec_module(module)
        from matplotlib import colors

        if not hasattr(colors, "to_rgba"):
            module._fetch_figure_metadata = lambda _figure: {}


class ImportRecorder(ast.NodeTransformer):
    """Sees each cell's syntax tree before it runs, and changes nothing in it.

    Wrapping __import__ would show in the tracebacks of failing imports, which are outputs.
    """

    def __init__(self, overlay, tree, report):
        self.overlay = overlay
        self.tree = os.path.realpath(tree) + os.sep
        self.report = report
        self.names = set()
        self.read = set()
        self.served = set()
        self.written = None

    def visit(self, node):
        self.names.update(imported_names(node))
        return node

    def write(self, *_args):
        """After each cell: which of the imported modules does the overlay serve?"""
        try:
            self.read_tree_modules()
            self.served.update(name for name in self.names if self.is_served(name))
            served = sorted(self.served | self.overlay.asked)
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
        return self.overlay.serves(sys.modules.get(name) or self.overlay.stash.get(name))


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
        overlay = Overlay(overlay)
        sys.meta_path.insert(0, LaterPackages(overlay.folder))
        sys.meta_path.append(overlay)
        sys.meta_path.insert(0, InlineBackends())
    from ipykernel.iostream import OutStream
    from ipykernel.kernelapp import IPKernelApp

    # What a cell printed is waited for: on a slow machine, or under a clock that is set, it would come too late to count.
    OutStream.flush_timeout = None
    app = IPKernelApp.instance()
    app.initialize(sys.argv[1:])
    if uses_overlay:
        recorder = ImportRecorder(overlay, tree, report)
        sys.meta_path.insert(0, Stash(overlay))
        app.shell.ast_transformers.append(recorder)
        app.shell.events.register("pre_execute", overlay.hide)
        app.shell.events.register("post_run_cell", recorder.write)
    app.start()


if __name__ == "__main__":
    main()

"""How a notebook starts: Restart & Run All, what came of it written in its place or to a file named."""

import os
import posixpath

from bundle import Fault


def notebook_words(bundle, command, executed, place, environment):
    runner = os.path.join(environment.tools, "notebook")
    if not os.path.isdir(runner):
        raise Fault("the bundle holds no tools to run notebooks with")
    notebook = os.path.join(place, *command["run"].split("/"))
    here = os.path.dirname(os.path.abspath(__file__))
    # Jupyter starts a kernel in the notebook's folder.
    folder = posixpath.dirname(command["run"]) if command["cwd"] == "." else command["cwd"]
    options = {
        "notebook": notebook,
        "executed": notebook if executed is None else os.path.abspath(executed),
        "report": os.devnull,
        "cwd": os.path.normpath(os.path.join(place, folder)),
        "python": environment.python,
        "overlay": os.path.join(environment.tools, "kernel"),
        "bootstrap": os.path.join(here, "notebook", "kernel_bootstrap.py"),
        "tree": place,
        "timeout": str(command["timeoutSeconds"]),
        "runtime": "rung-kernel-",
    }
    words = [bundle.starter, "-I", os.path.join(here, "with_tools.py"), runner]
    words.append(os.path.join(here, "notebook", "run_notebook.py"))
    for name in sorted(options):
        words += ["--" + name, options[name]]
    return words

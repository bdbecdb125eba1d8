"""Restart & Run All: runs a notebook from the top in a fresh kernel, by nbclient, and writes what came of it.

Run by Rung's own Python, inside the same sandbox as the kernel, which is the project's Python. Exit code 0: every cell
ran, or failed as it was meant to (the tag raises-exception, or a stored output of type error). 1: anything else; then
REPORT says what, in words. The notebook's own file is not changed.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
import types

import nbformat
from jupyter_client import channels, client as kernel_client
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

# Time limits are counted by a clock that no condition of a run sets.
kernel_client.time = channels.time = types.SimpleNamespace(time=time.monotonic, monotonic=time.monotonic, sleep=time.sleep)

ERROR_TAG = "raises-exception"
ADDED = "rung_added_tag"
# So many kernels are started, each waited for so long at most.
KERNELS = 3
START_SECONDS = 120
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def main():
    options = read_options()
    report = {"error": None, "kernelFailed": False, "timedOut": False, "overlayImports": []}
    # Of the last kernel: whether it came to run a cell, and how its process ended (below 0: by that signal).
    report.update(kernelStarted=True, kernelExit=None)
    with tempfile.TemporaryDirectory(prefix=options.runtime) as runtime:
        imports = os.path.join(runtime, "imports.json")
        try:
            notebook = read_notebook(options.notebook)
            run(notebook, options, runtime, imports, report)
        except NotebookFault as fault:
            report["error"] = str(fault)
        if os.path.exists(imports):
            with open(imports, encoding="utf-8") as file:
                report["overlayImports"] = json.load(file)
    write_json(options.report, report)
    if report["error"]:
        sys.stderr.write(report["error"] + "\n")
    sys.stdout.flush()
    sys.stderr.flush()
    # nbclient's exit handler fails, with a traceback, where a kernel could not be started.
    os._exit(1 if report["error"] else 0)


class NotebookFault(Exception):
    """The notebook cannot be run at all; the text is for people."""


def read_options():
    parser = argparse.ArgumentParser()
    names = ("notebook", "executed", "report", "cwd", "python", "overlay", "bootstrap", "tree", "runtime")
    for name in names:
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--before", default="[]", help="words before the kernel's own, as JSON")
    parser.add_argument("--timeout", type=float, required=True)
    return parser.parse_args()


def read_notebook(path):
    """The notebook in format 4, its outputs cleared, cells that are meant to fail tagged."""
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        notebook = nbformat.from_dict(data)
        if notebook.nbformat < 4:
            notebook = nbformat.reads(json.dumps(data), as_version=4)
        language = notebook.metadata.get("kernelspec", {}).get("language") or notebook.metadata.get(
            "language_info", {}
        ).get("name", "python")
        for index, cell in enumerate(notebook.cells):
            prepare_cell(notebook, cell, index)
    except FileNotFoundError:
        raise NotebookFault("The notebook does not exist: " + path)
    except Exception as error:
        raise NotebookFault("The notebook cannot be read: %s" % (error,))
    if str(language).lower() not in ("python", "python3", "ipython"):
        raise NotebookFault("The notebook is written in %s; only Python notebooks can be run." % (language,))
    return notebook


def prepare_cell(notebook, cell, index):
    cell.setdefault("metadata", nbformat.NotebookNode())
    if isinstance(cell.get("source"), list):
        cell.source = "".join(cell.source)
    # Format 4.5 demands an id; one made from the position is the same in each run.
    if (notebook.nbformat, notebook.nbformat_minor) >= (4, 5):
        cell.setdefault("id", "cell-%d" % index)
    if cell.cell_type != "code":
        return
    failed = any(output.get("output_type") == "error" for output in cell.get("outputs", []))
    tags = list(cell.metadata.get("tags", []))
    if failed and ERROR_TAG not in tags:
        cell.metadata["tags"] = tags + [ERROR_TAG]
        cell.metadata[ADDED] = True
    cell.outputs = []
    cell.execution_count = None
    cell.metadata.pop("execution", None)


def run(notebook, options, runtime, imports, report):
    if not os.path.isdir(options.cwd):
        raise NotebookFault("The folder to run in does not exist: " + options.cwd)
    deadline = time.monotonic() + options.timeout

    def time_left(_cell):
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return max(1, int(left))

    current = {"index": None}
    try:
        execute(notebook, options, (runtime, imports), (deadline, time_left), current, report)
        report["error"] = shown_failure(notebook)
    except CellExecutionError as error:
        report["error"] = failing_cell(notebook, current["index"], error)
    except TimeoutError:  # nbclient's CellTimeoutError is one.
        report["timedOut"] = True
        report["error"] = "%s was still running at the time limit." % name_cell(notebook, current["index"])
    except DeadKernelError:
        report["kernelFailed"] = True
        report["error"] = "The kernel died while %s ran." % name_cell(notebook, current["index"]).lower()
    except Exception as error:
        report["kernelFailed"] = True
        report["error"] = "The kernel did not start, or stopped answering: %s" % (error,)
    finally:
        for cell in notebook.cells:
            if cell.metadata.pop(ADDED, False):
                tags = [tag for tag in cell.metadata.tags if tag != ERROR_TAG]
                cell.metadata["tags"] = tags
                if not tags:
                    del cell.metadata["tags"]
        write_json(options.executed, notebook)


def execute(notebook, options, places, limits, current, report):
    """By a fresh kernel. One that does not start says nothing of the notebook: a busy machine may be why, so another is tried."""
    deadline, time_left = limits
    for attempt in range(KERNELS):
        report["kernelExit"] = None
        manager = kernel_manager(options, *places)
        patience = min(START_SECONDS, deadline - time.monotonic())
        client = NotebookClient(
            notebook,
            km=manager,
            timeout_func=time_left,
            startup_timeout=int(max(1, patience)),
            record_timing=False,
            store_widget_state=False,
            resources={"metadata": {"path": options.cwd}},
        )
        client.on_cell_execute = lambda cell, cell_index: current.update(index=cell_index)
        try:
            client.execute()
            return
        except Exception:
            report["kernelExit"] = manager.exit_code
            report["kernelStarted"] = current["index"] is not None
            if report["kernelStarted"] or attempt == KERNELS - 1 or time.monotonic() >= deadline:
                raise
            forget_started(os.path.dirname(options.report))


def forget_started(shared):
    """The hook counts processes of one kind, to give each draws of its own: the next kernel is to have the first's."""
    for name in os.listdir(shared):
        if name.startswith("started-"):
            os.unlink(os.path.join(shared, name))


class KernelManager(AsyncKernelManager):
    """Keeps how its process ended, which is forgotten once it is cleaned up: below 0 by that signal; None while it runs."""

    exit_code = None
    is_stopped = False

    async def _async_is_alive(self):
        process = getattr(self.provisioner, "process", None)
        is_alive = await super()._async_is_alive()
        if not is_alive and process is not None and not self.is_stopped:
            self.exit_code = process.poll()
        return is_alive

    async def _async_shutdown_kernel(self, *how, **more):
        self.is_stopped = True
        await super()._async_shutdown_kernel(*how, **more)

    is_alive = _async_is_alive
    shutdown_kernel = _async_shutdown_kernel


def kernel_manager(options, runtime, imports):
    argv = [*json.loads(options.before), options.python, options.bootstrap, options.overlay, options.tree, imports]
    # nbclient adds that the command history, which is the owner's, is neither read nor written.
    argv += ["-f", "{connection_file}"]
    # Sockets in a private folder: no port that another process could take or listen to.
    connection = os.path.join(runtime, "kernel.json")
    manager = KernelManager(transport="ipc", connection_file=connection, ip=os.path.join(runtime, "s"))
    manager._kernel_spec = KernelSpec(argv=argv, display_name="Python 3", language="python")
    return manager


def name_cell(notebook, index):
    """Code cells are counted from 1, as in every finding and comparison."""
    if index is None:
        return "Code cell"
    code = [at for at, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    return "Code cell %d of %d" % (code.index(index) + 1, len(code))


def shown_failure(notebook):
    """The first traceback that a kernel shows though it calls the cell a success: a picture that cannot be drawn, say."""
    for index, cell in enumerate(notebook.cells):
        if ERROR_TAG in cell.metadata.get("tags", []):
            continue
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return failing_cell(notebook, index, output)
    return None


def failing_cell(notebook, index, error):
    outputs = [] if index is None else notebook.cells[index].get("outputs", [])
    trace = next((o.traceback for o in outputs if o.output_type == "error"), [])
    lines = ANSI.sub("", "\n".join(trace)).splitlines()[-15:]
    said = "%s: %s" % (error.ename, ANSI.sub("", str(error.evalue)))
    # IPython names no class where a result cannot be shown; the traceback does.
    if error.ename == "NoneType" and lines:
        said = lines[-1]
    return "\n".join(["%s: %s" % (name_cell(notebook, index), said)] + lines)


def write_json(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.write("\n")


main()

import { posix } from "node:path";
import { ToolError } from "../model/index.ts";
import { exists, joinPath, lentPrefix, readText } from "../system/index.ts";
import type { Place } from "./prepare.ts";
import { pythonOf } from "./python.ts";
import type { RunRequest } from "./request.ts";
import type { Invocation } from "./shell-line.ts";

/** What the runner (notebook/run_notebook.py) says of an execution. */
export interface NotebookReport {
  /** For people; null where it ran to its end. */
  readonly error: string | null;
  /** The fault lies in or before the kernel: what it said on standard error tells more. */
  readonly kernelFailed: boolean;
  /** Whether a kernel came to run a cell; several were tried. */
  readonly kernelStarted: boolean;
  /** How the last kernel's process ended: below 0 by that signal; null where it did not end by itself. */
  readonly kernelExit: number | null;
  readonly timedOut: boolean;
  readonly overlayImports: readonly string[];
}

/** How a notebook starts: Restart & Run All by nbclient, the kernel being the environment's Python. */
export function notebookInvocation(request: RunRequest, place: Place): Invocation {
  const { command, tools, environment } = request;
  if (tools.notebookPython === null) {
    throw new ToolError("TOOL_MISSING", "Running notebooks needs nbclient, which could not be prepared", {
      hint: "Connect to a Python package index once; Rung keeps it in its cache.",
    });
  }
  // Jupyter starts a kernel in the notebook's folder; "./" asks for the root.
  const folder = command.cwd === "." ? posix.dirname(command.run) : posix.normalize(command.cwd);
  const options = {
    notebook: joinPath(place.treeInside, command.run),
    executed: joinPath(place.sharedInside, "executed.ipynb"),
    report: joinPath(place.sharedInside, "report.json"),
    cwd: place.moved?.startFolder.inside ?? joinPath(place.treeInside, folder),
    python: pythonOf(environment),
    overlay: tools.kernelOverlay ?? "",
    bootstrap: joinPath(place.notebookCode, "kernel_bootstrap.py"),
    tree: place.treeInside,
    before: JSON.stringify(place.beforeKernel),
    timeout: String(command.timeoutSeconds),
    runtime: lentPrefix("kernel"),
  };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const runner = joinPath(place.notebookCode, "run_notebook.py");
  // -I: the owner's PYTHON* variables are for the kernel, which inherits them, not for our runner.
  return { argv: [tools.notebookPython, "-I", "-B", runner, ...flags], cwd: place.treeInside };
}

/** The runner's report, checked: the notebook's own code could have written there. */
export function readNotebookReport(place: Place): NotebookReport | null {
  const file = joinPath(place.shared, "report.json");
  if (!exists(file)) return null;
  try {
    const data = JSON.parse(readText(file)) as Record<string, unknown>;
    const imports = Array.isArray(data["overlayImports"]) ? data["overlayImports"] : [];
    return {
      error: typeof data["error"] === "string" ? data["error"] : null,
      kernelFailed: data["kernelFailed"] === true,
      kernelStarted: data["kernelStarted"] !== false,
      kernelExit: typeof data["kernelExit"] === "number" ? data["kernelExit"] : null,
      timedOut: data["timedOut"] === true,
      overlayImports: imports.filter((name) => typeof name === "string"),
    };
  } catch {
    return null;
  }
}

import { randomUUID } from "node:crypto";
import { isDirectory, joinPath, makeDirectory, realPath } from "../system/index.ts";
import { planConditions, type Around } from "./conditions/around.ts";
import { setFileTimes } from "./conditions/file-times.ts";
import { moveCommand, type MovedCommand } from "./conditions/started-elsewhere.ts";
import { copyMounts } from "./copy-plan.ts";
import { copyTree } from "./copy-tree.ts";
import { controlledHook, hookFolder, hookFolderInRoom, installHook } from "./hook.ts";
import { digestOf, layOutputs } from "./outputs.ts";
import type { Backend, SandboxPlan } from "./plan.ts";
import { programFolders, pythonOf } from "./python.ts";
import type { RunRequest, RunResult } from "./request.ts";
import { roomHome, roomMounts, roomTreePath } from "./room-plan.ts";
import { takeSnapshot, type Snapshot } from "./snapshot.ts";
import { copyRule } from "./tree-parts.ts";
import { copyVariables, filledUp, roomVariables, type Variables } from "./variables.ts";

/** The place where one command runs once: its files are there, and what is left is to start it. */
export interface Place {
  /** This run's own folder: everything below is in it. */
  readonly directory: string;
  readonly tree: string;
  /** Where the tree is for the command. */
  readonly treeInside: string;
  /** A folder that Rung and the command's sandbox share, and where it is for the latter. */
  readonly shared: string;
  readonly sharedInside: string;
  /** Where the Python files that run notebooks are for the command. */
  readonly notebookCode: string;
  readonly plan: Omit<SandboxPlan, "argv" | "cwd">;
  readonly variables: Variables;
  /** What stands before the command's argv. */
  readonly wrap: Around["wrap"];
  readonly beforeKernel: Around["beforeKernel"];
  /** Where the command starts instead of its own folder, and its line for there. */
  readonly moved: MovedCommand | null;
  readonly conditionsNotMet: RunResult["conditionsNotMet"];
  readonly before: Snapshot;
  readonly notCopied: RunResult["notCopied"];
  digestBefore(path: string): string | null;
}

/** The code that runs notebooks, and that starts their kernels. */
export const notebookFolder = joinPath(import.meta.dirname, "notebook");
const roomShared = "/run/rung";
const roomNames = "/run/rung-python";
const roomNotebook = "/run/rung-notebook";

/** Makes the copy, lays the earlier outputs over it, and plans what the command will see. */
export async function preparePlace(request: RunRequest, backend: Backend): Promise<Place> {
  const { scope, environment } = request;
  const root = realPath(request.root) ?? request.root;
  // Where nothing isolates, a room is its tree, its variables and its empty home, in the midst of everything else.
  const isOpen = scope === "room" && backend.kind === "none";
  const isRoom = scope === "room" && !isOpen;
  const directory = joinPath(request.workDirectory, `run-${randomUUID().slice(0, 8)}`);
  const tree = joinPath(directory, "tree");
  const shared = joinPath(directory, "shared");
  makeDirectory(shared);
  const shown: string[] = [];
  const notCopied = copyTree(request.tree, tree, (folder) => {
    if (joinPath(request.tree, folder) === request.workDirectory) return true;
    const rule = ruleFor(request, backend, folder);
    if (rule === "show") shown.push(folder);
    return rule !== "copy";
  });
  layOutputs(tree, request.after, request.blobs);

  const { folders, names } = programFolders(environment);
  const roomFolders = folders.map((folder) => (folder === names ? roomNames : folder));
  const home = isOpen ? joinPath(directory, "home") : roomHome;
  if (isOpen) makeDirectory(home);
  const base =
    scope === "room"
      ? roomVariables(environment, isOpen ? folders : roomFolders, home)
      : copyVariables(environment, folders);
  const mounts = isRoom
    ? roomOf(request, root, { directory, tree, shared }, names)
    : copyMounts({ root, copy: tree, shown, environment, workDirectory: request.workDirectory });
  const declared = { ...request.variables, ...request.command.env };
  const { conditions } = request;
  const around = await planConditions(request, backend, { directory, root, tree, shared, shown }, base);
  const own = filledUp(
    withoutAbsent({ ...base, ...around.variables, ...declared }),
    (request.variableCount ?? 0) + (conditions?.moreVariables ?? 0),
    around.control.hidden ?? [],
  );
  const usualTree = isRoom ? roomTreePath(root) : backend.kind === "none" ? tree : root;
  const treeInside = around.treeInside ?? usualTree;
  const sharedInside = around.sharedInside ?? (isRoom ? roomShared : shared);
  const moved =
    around.startFolder === null ? null : moveCommand(request, tree, treeInside, around.startFolder);
  const hook = controlledHook(request.hook, {
    ...around.control,
    argument0: moved?.argument0 ?? null,
  });
  if (conditions?.fileTimes !== undefined) setFileTimes(tree, conditions.fileTimes);
  return {
    directory,
    tree,
    treeInside,
    shared,
    sharedInside,
    notebookCode: isRoom ? roomNotebook : notebookFolder,
    variables:
      hook === undefined
        ? own
        : installHook(
            hook,
            { hookFolder: isRoom ? hookFolderInRoom : hookFolder, sharedInside, treeInside },
            shared,
            own,
          ),
    plan: {
      base: isRoom ? "nothing" : "host",
      mounts: [...mounts, ...around.mounts],
      network: (!isRoom || request.network) && conditions?.network !== false,
      dropCapabilities: isRoom,
      keepPersonality: conditions?.addresses !== undefined,
      hostname: around.hostname,
      user: around.user,
    },
    wrap: around.wrap,
    beforeKernel: around.beforeKernel,
    moved,
    conditionsNotMet: [
      ...around.notMet,
      ...(around.startFolder !== null && moved === null
        ? ["it could not be started in another folder: its line names no file of the project"]
        : []),
    ],
    before: takeSnapshot(tree),
    notCopied,
    digestBefore: beforeDigests(request),
  };
}

function withoutAbsent(variables: Readonly<Record<string, string | null>>): Variables {
  const present = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(present);
}

function ruleFor(request: RunRequest, backend: Backend, folder: string): "copy" | "leave" | "show" {
  // What a room gets is an archive or a clone: all of it is its content.
  if (request.scope === "room") return folder === ".rung" ? "leave" : "copy";
  const rule = copyRule(request.tree, folder);
  if (backend.kind !== "none" || rule !== "show") return rule;
  // Without mounts nothing can be shown in place, so Git's folder and node_modules are copied.
  return /(?:^|\/)(?:\.git|node_modules)$/u.test(folder) ? "copy" : "leave";
}

function roomOf(
  request: RunRequest,
  root: string,
  own: { readonly directory: string; readonly tree: string; readonly shared: string },
  names: string | null,
): SandboxPlan["mounts"] {
  const { environment, tools } = request;
  const readOnlyPaths = [
    environment.prefix,
    environment.interpreter.basePrefix,
    environment.binDirectory,
    pythonOf(environment),
    environment.interpreter.executable,
    ...(request.command.kind === "notebook" ? notebookPaths(tools) : []),
  ];
  return roomMounts({
    root,
    copy: own.tree,
    readOnlyPaths,
    network: request.network,
    prefix: environment.prefix,
    scratch: joinPath(own.directory, "room"),
    extra: [
      { kind: "bind", from: own.shared, to: roomShared, writable: true },
      { kind: "bind", from: notebookFolder, to: roomNotebook, writable: false },
      ...(request.hook === undefined && request.conditions === undefined
        ? []
        : [{ kind: "bind", from: hookFolder, to: hookFolderInRoom, writable: false } as const]),
      ...(names === null ? [] : [{ kind: "bind", from: names, to: roomNames, writable: false } as const]),
    ],
  });
}

function notebookPaths(tools: RunRequest["tools"]): string[] {
  const own = [tools.kernelOverlay, tools.notebookPython].filter((path) => path !== null);
  return [...tools.readOnlyPaths, ...own];
}

/** The sha256 of what a path held when the command started: as an earlier run left it, or as it is in the source tree. */
function beforeDigests(request: RunRequest): Place["digestBefore"] {
  const laid = new Map<string, string | null>();
  for (const run of request.after) {
    for (const output of run.outputs) if (output.kind === "file") laid.set(output.path, output.digest);
  }
  return (path) => {
    const digest = laid.get(path);
    if (digest !== undefined) return digest;
    const source = joinPath(request.tree, path);
    return isDirectory(source) ? null : digestOf(source);
  };
}

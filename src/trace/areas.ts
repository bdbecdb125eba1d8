import { homedir, tmpdir } from "node:os";
import { dirname, posix } from "node:path";
import type { Environment, Run, TracedFile } from "../model/index.ts";
import type { RunRequest, RunResult } from "../sandbox/index.ts";
import { lookUp, realPath } from "../system/index.ts";

export interface Place {
  readonly area: TracedFile["area"];
  /** Relative to the root in the tree, else as the command saw it. */
  readonly path: string;
  /** Where it is for us; null where we cannot see it. */
  readonly here: string | null;
}

/** Says where a path that the command saw lies; null for what is Rung's own. */
export type Areas = (path: string) => Place | null;

/** The system's own: software, settings, devices, and what services keep. */
const system = [
  "/usr",
  "/bin",
  "/sbin",
  "/lib",
  "/lib32",
  "/lib64",
  "/libx32",
  "/etc",
  "/proc",
  "/sys",
  "/dev",
  "/run",
  "/var/lib",
  "/var/cache",
  "/nix/store",
];
const temporary = ["/tmp", "/var/tmp", "/dev/shm"];
/** What a room has of ours, and its empty home. */
const roomOwn = ["/run/rung", "/run/rung-hook", "/run/rung-notebook", "/run/rung-python"];
/** Where the notebook's runner speaks with the kernel. */
const ownTemporary = /^\/(?:tmp|var\/tmp)\/rung-kernel-[\w.-]{1,60}(?:\/|$)/u;
const roomHome = "/home/rung";
/** Where Python keeps its library in a prefix that it shares with the system. */
const pythonInSystem =
  /^\/usr\/(?:local\/)?(?:lib|lib64|share|include)\/python\d|^\/usr\/(?:local\/)?bin\/python/u;
const packages = /\/(?:site|dist)-packages(?:\/|$)/u;

/** The areas of one run. Paths are looked up in order: the tree, what is Rung's, environment, Python, temporary, system. */
export function areasOf(request: RunRequest, result: RunResult, look: typeof lookUp = lookUp): Areas {
  const { environment } = request;
  const { tree, treeInside } = result;
  const inRoom = isWalled(result.run);
  const own = inRoom ? roomOwn : ownFolders(request, result);
  const prefixes = [...new Set([environment.prefix, realPath(environment.prefix) ?? environment.prefix])];
  const pythons = pythonFolders(environment).filter((folder) => folder !== "/usr" && folder !== "/");
  const temporaries = [...temporary, ...(inRoom ? [roomHome] : [tmpdir()])];
  const home = homedir();
  const known = (path: string): TracedFile["area"] => {
    if (packages.test(path)) return "environment";
    const isPrefix = prefixes.some(
      (prefix) => !pythons.includes(prefix) && prefix !== "/usr" && isIn(prefix, path),
    );
    if (isPrefix) return "environment";
    if (pythonInSystem.test(path) || pythons.some((folder) => isIn(folder, path))) return "python";
    // What its owner keeps at home is no scratch, wherever that home lies.
    if (!inRoom && home !== "/" && isIn(home, path)) return "outside";
    if (temporaries.some((folder) => isIn(folder, path))) return "temporary";
    return system.some((folder) => isIn(folder, path)) ? "system" : "outside";
  };
  return (seen) => {
    if (!seen.startsWith("/")) return null;
    const path = normal(seen);
    const relative = below(treeInside, path);
    if (relative !== null && !prefixes.some((prefix) => isIn(prefix, path))) {
      const here = relative === "." ? tree : tree === treeInside ? path : `${tree}/${relative}`;
      return (
        linkedElsewhere(inRoom ? null : look(here), { tree, treeInside }, known) ?? {
          area: "tree",
          path: relative,
          here,
        }
      );
    }
    if (own.some((folder) => isIn(folder, path)) || ownTemporary.test(path)) return null;
    const area = known(path);
    // A room shows no more than these of the machine's own paths.
    const isVisible = !inRoom || area === "environment" || area === "python" || area === "system";
    return { area, path, here: isVisible ? path : null };
  };
}

/** A room that hides the machine; where nothing isolates, paths are the machine's own. */
function isWalled({ isolation }: Pick<Run, "isolation">): boolean {
  return isolation.scope === "room" && isolation.kind !== "none";
}

/** A link in the tree that leads out of it: what is read lies there. */
function linkedElsewhere(
  found: ReturnType<typeof lookUp>,
  { tree, treeInside }: { readonly tree: string; readonly treeInside: string },
  known: (path: string) => TracedFile["area"],
): Place | null {
  if (found === null || isIn(tree, found.realPath) || isIn(treeInside, found.realPath)) return null;
  return { area: known(found.realPath), path: found.realPath, here: found.realPath };
}

function ownFolders(request: RunRequest, result: RunResult): readonly string[] {
  const { notebookPython, kernelOverlay, readOnlyPaths } = request.tools;
  const tools = [kernelOverlay, notebookPython === null ? null : dirname(dirname(notebookPython))];
  const rung = posix.join(import.meta.dirname, "../..");
  return [
    dirname(result.shared),
    posix.join(rung, "pyhook"),
    posix.join(rung, "src/sandbox/notebook"),
    ...tools.filter((path) => path !== null),
    ...readOnlyPaths.filter((path) => path !== request.environment.interpreter.basePrefix),
  ];
}

function pythonFolders({ interpreter }: Environment): readonly string[] {
  const { basePrefix } = interpreter;
  return [...new Set([basePrefix, realPath(basePrefix) ?? basePrefix])];
}

/** Where tools of the owner keep what they can make again: no input of anyone's. */
export function isCache(path: string): boolean {
  const home = homedir();
  const caches = [process.env["XDG_CACHE_HOME"], posix.join(home, ".cache"), posix.join(home, ".nv")];
  return caches.some((folder) => folder !== undefined && folder !== "" && isIn(folder, path));
}

/** An absolute path without dots and doubled slashes. Most have none, and to look for them is cheaper. */
function normal(path: string): string {
  return /\/(?:\.{0,2}\/|\.{0,2}$)/u.test(path) ? posix.normalize(path).replace(/(?<=.)\/$/u, "") : path;
}

/** Cheaper than isInside, and asked for each file: both paths are absolute and normal. */
function isIn(folder: string, path: string): boolean {
  return (
    path === folder || (path.startsWith(folder) && (folder.endsWith("/") || path[folder.length] === "/"))
  );
}

function below(folder: string, path: string): string | null {
  if (!isIn(folder, path)) return null;
  return path === folder ? "." : path.slice(folder.length + (folder.endsWith("/") ? 0 : 1));
}

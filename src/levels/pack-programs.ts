import { basename, isAbsolute } from "node:path";
import { programsOf as startedHere } from "../artifacts/pack/index.ts";
import type { Command, Trace } from "../model/index.ts";
import type { Store } from "../store/index.ts";
import {
  cacheDirectory,
  findProgram,
  isInside,
  joinPath,
  lookUp,
  openRead,
  readText,
} from "../system/index.ts";
import { unpackTrace } from "../trace/index.ts";

/**
 * The programs that commands start beside Python: those that their last observed runs started, and those that their lines
 * name. Absolute paths; what comes with the project or its environment is none of them.
 */
export function programsOf(commands: readonly Command[], root: string, store: Store): readonly string[] {
  const traces = commands.flatMap(({ name }) => {
    const trace = store.latestRun(name)?.trace;
    return trace === undefined || !store.blobs.has(trace) ? [] : [unpackTrace(store.blobs.read(trace))];
  });
  const lines = commands.filter(({ kind }) => kind !== "notebook").map(({ run }) => run);
  return startedPrograms(lines, traces, root);
}

/** Where the programs lie on this machine that were started, or that stand in shell lines; what is not here is left out. */
export function startedPrograms(
  lines: readonly string[],
  traces: readonly Pick<Trace, "processes" | "root">[],
  root: string,
): readonly string[] {
  const processes = traces.flatMap((trace) => trace.processes);
  const found = startedHere({
    lines: [
      ...lines,
      ...processes.flatMap(({ argv }) => shellLineOf(argv) ?? []),
      // Where Python's own calls are all that was seen, a program has the name that it was called by.
      ...processes.flatMap(({ executable }) => (/^[\w.+-]+$/u.test(executable) ? [executable] : [])),
    ],
    traces,
    // What lies in an environment that Rung made is sorted out below.
    prefix: cacheDirectory(),
    readScript: (name) => scriptIn(root, name),
  });
  const places = found.flatMap((name) => (isAbsolute(name) ? name : (findProgram(name) ?? [])));
  return [...new Set(places)].filter((program) => isForeign(program, root)).sort();
}

/** What a shell was given to do with -c. */
function shellLineOf([program = "", option = "", line]: readonly string[]): string | undefined {
  return /^(?:ba|da|z|k)?sh$/u.test(basename(program)) && /^-[a-z]*c$/u.test(option) ? line : undefined;
}

const longestScript = 1 << 20;

/** The text of a script of the project; null where it is none, or leads out of it. */
function scriptIn(root: string, name: string): string | null {
  const found = isAbsolute(name) ? null : lookUp(joinPath(root, name));
  const isOwn = found?.isFile === true && found.size <= longestScript;
  return isOwn && isInside(lookUp(root)?.realPath ?? root, found.realPath) ? readText(found.realPath) : null;
}

function isForeign(program: string, root: string): boolean {
  if (isInside(root, program) || isInside(cacheDirectory(), program)) return false;
  return !/^(?:python|pypy)[\d.]*$/u.test(basename(program)) && isCompiledOrShell(program);
}

/** A script of Python belongs to an environment: the packed one has its own. */
function isCompiledOrShell(program: string): boolean {
  try {
    using file = openRead(program);
    const start = Buffer.alloc(128);
    const read = file.read(start);
    const head = start.toString("latin1", 0, read);
    return !/^#!.*\b(?:python|pypy)/u.test(head) && !program.includes("/shims/");
  } catch {
    return false;
  }
}

import { basename } from "node:path";
import { shellWords, splitSegments } from "../manifests/index.ts";
import type { Command } from "../model/index.ts";
import type { Store } from "../store/index.ts";
import { cacheDirectory, findProgram, isInside, openRead } from "../system/index.ts";
import { unpackTrace } from "../trace/index.ts";

/**
 * The programs that commands start beside Python: those that their last observed runs started, and those that their lines
 * name. Absolute paths; what comes with the project or its environment is none of them.
 */
export function programsOf(commands: readonly Command[], root: string, store: Store): readonly string[] {
  const processes = commands.flatMap(({ name }) => {
    const trace = store.latestRun(name)?.trace;
    if (trace === undefined || !store.blobs.has(trace)) return [];
    return unpackTrace(store.blobs.read(trace)).processes;
  });
  const lines = commands.filter(({ kind }) => kind !== "notebook").map(({ run }) => run);
  const all = startedPrograms(lines, processes).filter((program) => isForeign(program, root));
  return [...new Set(all)].sort();
}

/** Where the programs lie on this machine that were started, or that stand in shell lines; what is not here is left out. */
export function startedPrograms(
  lines: readonly string[],
  processes: readonly { readonly executable: string; readonly argv: readonly string[] }[],
): readonly string[] {
  // Where Python's own calls are all that was seen, a program has the name that it was called by.
  const started = processes.flatMap(({ executable }) => hereByName(executable) ?? [executable]);
  const named = [...lines, ...processes.flatMap(({ argv }) => shellLineOf(argv) ?? [])]
    .flatMap((line) => splitSegments(line).flatMap(({ text }) => text.split(/\s\|\|?\s/u)))
    .flatMap((text) => shellWords(text).find((word) => !/^\w+=/u.test(word)) ?? [])
    .flatMap((word) => hereByName(word) ?? []);
  return [...started, ...named];
}

/** Null where it is no bare name. */
function hereByName(word: string): readonly string[] | null {
  if (!/^[\w.+-]+$/u.test(word)) return null;
  const found = findProgram(word);
  return found === null ? [] : [found];
}

/** What a shell was given to do with -c. */
function shellLineOf([program = "", option = "", line]: readonly string[]): string | undefined {
  return /^(?:ba|da|z|k)?sh$/u.test(basename(program)) && /^-[a-z]*c$/u.test(option) ? line : undefined;
}

function isForeign(program: string, root: string): boolean {
  if (!program.startsWith("/") || isInside(root, program) || isInside(cacheDirectory(), program))
    return false;
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

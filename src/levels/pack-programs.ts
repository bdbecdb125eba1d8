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
  const started = commands.flatMap(({ name }) => {
    const trace = store.latestRun(name)?.trace;
    if (trace === undefined || !store.blobs.has(trace)) return [];
    return unpackTrace(store.blobs.read(trace)).processes.map(({ executable }) => executable);
  });
  const named = commands
    .filter(({ kind }) => kind !== "notebook")
    .flatMap(({ run }) => splitSegments(run).flatMap(({ text }) => text.split(/\s\|\|?\s/u)))
    .flatMap((text) => shellWords(text).find((word) => !/^\w+=/u.test(word)) ?? [])
    .flatMap((word) => (/^[\w.+-]+$/u.test(word) ? (findProgram(word) ?? []) : []));
  const all = [...started, ...named].filter((program) => isForeign(program, root));
  return [...new Set(all)].sort();
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

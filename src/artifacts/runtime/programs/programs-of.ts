import path from "node:path";
import type { Trace } from "../../../model/index.ts";
import { exists, findProgram, isInside, joinPath, lookUp } from "../../../system/index.ts";
import { startedBy } from "./command-names.ts";

/** What commands start, and where. */
export interface StartedWhere {
  /** Shell lines. */
  readonly lines: readonly string[];
  /** Of recorded runs, where there are any: what really was started. */
  readonly traces: readonly Pick<Trace, "root" | "processes">[];
  /** The environment's: what lies there is packed with it. */
  readonly prefix: string;
  /** The text of a script of the project, named as a line names it; null where there is none. */
  readonly readScript: (name: string) => string | null;
}

/**
 * The programs of this machine that a bundle must bring along for these commands, sorted: names that stand in command
 * position in shell lines and in the shell scripts that those start, and executables that recorded runs started. Python
 * and what the environment holds are left out, and so are names that lead nowhere here (functions of a shell).
 */
export function programsOf(started: StartedWhere): readonly string[] {
  const programs = new Set<string>();
  const read = new Set<string>();
  const waiting = [...started.lines];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    const found = startedBy(text);
    for (const name of found.programs) take(name);
    for (const script of found.scripts) {
      if (read.has(script)) continue;
      read.add(script);
      const content = started.readScript(script);
      if (content === null) continue;
      const [, interpreter] = /^#!\s*(?:\S*\/env\s+)?(\S+)/u.exec(content) ?? [];
      if (interpreter !== undefined) take(interpreter);
      if (interpreter === undefined || /(?:^|\/)(?:ba|da|a|k|z)?sh$/u.test(interpreter))
        waiting.push(content);
    }
  }
  for (const { processes, root } of started.traces) {
    for (const { executable, python } of processes) {
      if (python === null && !isInside(root, executable)) take(executable);
    }
  }
  return [...programs].sort();

  function take(name: string): void {
    const called = path.basename(name);
    if (name === "" || isPython(called) || (name.includes("/") && !path.isAbsolute(name))) return;
    if (!path.isAbsolute(name) && exists(joinPath(started.prefix, "bin", name))) return;
    const found = path.isAbsolute(name) ? name : findProgram(name);
    if (found === null || lookUp(found)?.isFile !== true || isInside(started.prefix, found)) return;
    programs.add(path.isAbsolute(name) ? name : called);
  }
}

const isPython = (name: string): boolean => /^(?:python|pypy)[\d.]*[a-z]?$/u.test(name);

import type { Interpreter } from "../../model/index.ts";
import { candidates, defaultCandidates } from "./candidates.ts";
import { probe } from "./probe.ts";

/**
 * Every Python 3 installed here: on PATH, under pyenv, managed by uv, the system's. Each is named by its real
 * executable, once, in the order in which a shell would find them.
 */
export async function listInterpreters(): Promise<readonly Interpreter[]> {
  const found = new Map<string, Interpreter>();
  for (const candidate of candidates()) {
    const probed = await probe(candidate);
    if (probed === null) continue;
    const { interpreter } = probed;
    const installation = `${interpreter.basePrefix} ${interpreter.version} ${interpreter.implementation}`;
    if (!found.has(installation)) found.set(installation, interpreter);
  }
  return [...found.values()];
}

/** What `python3` or `python` is on PATH, behind shims and virtual environments; null where there is none. */
export async function defaultInterpreter(): Promise<Interpreter | null> {
  for (const candidate of defaultCandidates()) {
    const probed = await probe(candidate);
    if (probed !== null) return probed.interpreter;
  }
  return null;
}

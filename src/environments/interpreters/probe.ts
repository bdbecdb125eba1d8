import type { Interpreter } from "../../model/index.ts";
import { cacheDirectory, exists, lookUp, readText, runProcess, writeAtomic } from "../../system/index.ts";

/** What an executable says of itself. */
export interface Probed {
  readonly interpreter: Interpreter;
  /** Folders that its packages lie in, the user's own last. */
  readonly sitePackages: readonly string[];
}

/** Works in Python 3.4 and later; earlier ones refuse -I, and are no interpreters to us. -S: no .pth file is run. */
const question = `
import json, sys, sysconfig, site
kind = sys.implementation.name
if sysconfig.get_config_var("Py_GIL_DISABLED"): kind += "-freethreaded"
try: folders = site.getsitepackages()
except AttributeError: folders = [sysconfig.get_paths()["purelib"]]
print(json.dumps([sys.version.split()[0].rstrip("+"), kind, sys.base_prefix, folders + [site.getusersitepackages()]]))
`;

type Answer = readonly [
  version: string,
  implementation: string,
  basePrefix: string,
  folders: readonly string[],
];
interface Memory {
  readonly schemaVersion: 1;
  readonly answers: Record<string, Answer | null>;
}

let memory: Record<string, Answer | null> | null = null;
const memoryFile = (): string => cacheDirectory("interpreters.json");

/** Asks an executable once for each state (path, size, time) that it is in; null where it is no Python 3. */
export async function probe(executable: string): Promise<Probed | null> {
  const state = lookUp(executable);
  if (state === null || !state.isFile) return null;
  const key = `${state.realPath} ${state.size} ${state.mtimeMs}`;
  memory ??= recall();
  let answer = memory[key];
  if (answer === undefined) {
    answer = await ask(state.realPath);
    memory[key] = answer;
    const toKeep: Memory = { schemaVersion: 1, answers: { ...recall(), ...memory } };
    writeAtomic(memoryFile(), `${JSON.stringify(toKeep)}\n`);
  }
  if (answer === null) return null;
  const [version, implementation, basePrefix, sitePackages] = answer;
  return { interpreter: { executable: state.realPath, version, implementation, basePrefix }, sitePackages };
}

async function ask(executable: string): Promise<Answer | null> {
  const { exitCode, stdout } = await runProcess([executable, "-I", "-S", "-c", question], {
    timeoutMs: 20_000,
    cwd: "/",
  });
  if (exitCode !== 0) return null;
  try {
    const [version, implementation, basePrefix, folders] = JSON.parse(stdout.toString("utf8")) as Answer;
    return [version, implementation, basePrefix, [...new Set(folders)]];
  } catch {
    return null;
  }
}

function recall(): Record<string, Answer | null> {
  if (!exists(memoryFile())) return {};
  try {
    const kept = JSON.parse(readText(memoryFile())) as Memory;
    return kept.schemaVersion === 1 ? kept.answers : {};
  } catch {
    return {};
  }
}

import { notebookTools } from "../../levels/index.ts";
import type { Circumstances, Command, Environment, Run } from "../../model/index.ts";
import { executeCommand, variablesForSeed } from "../../sandbox/index.ts";
import type { Store } from "../../store/index.ts";
import { joinPath, temporaryDirectory } from "../../system/index.ts";
import type { Recorded } from "./parts.ts";
import { lostOf, restoreTree, standInForShown, swappedFiles } from "./restore.ts";
import { environmentWith } from "./swapped-environment.ts";

/** Makes the first of two recorded runs again, with any parts of it swapped for the second's. */
export interface Replayer {
  readonly runs: number;
  /** Files of either tree that either run read, whose contents are nowhere. */
  readonly missing: readonly string[];
  /** The command as the first run had it. */
  readonly command: Command;
  /** Throws ToolError where an environment cannot be had. */
  run(swapped: ReadonlySet<string>): Promise<Run>;
  [Symbol.dispose](): void;
}

export interface ReplayContext {
  readonly root: string;
  /** Holds what was kept; new contents go there too. */
  readonly store: Store;
  readonly progress: (message: string) => void;
}

export function openReplayer(one: Recorded, other: Recorded, context: ReplayContext): Replayer {
  const { root, store, progress } = context;
  const work = temporaryDirectory("swap");
  const tree = joinPath(work.path, "tree");
  const read = new Set([...one.from.inputs, ...other.from.inputs].map(({ path }) => path));
  const lost = restoreTree(one.tree.values(), tree, root, store);
  const theirs = lostOf(
    [...other.tree.values()].filter(({ path }) => read.has(path)),
    root,
    store,
  );
  const missing = [...new Set([...lost.filter((path) => read.has(path)), ...theirs])];
  standInForShown(tree, root);
  const environments = new Map<string, Promise<Environment>>();
  let runs = 0;
  return {
    missing,
    command: commandOf(one.run, one.from),
    get runs() {
      return runs;
    },
    async run(swapped) {
      const from = mixed(one, other, swapped);
      const key = JSON.stringify([from.python, from.packages]);
      const known = [one, other].map(({ run, from: { environment } }) => ({
        ...environment,
        python: run.python,
      }));
      const environment = environments.get(key) ?? environmentWith(from, known, root, progress);
      environments.set(key, environment);
      const made = await environment;
      runs += 1;
      const command = { ...commandOf(one.run, from.circumstances), env: {} };
      using folder = temporaryDirectory("run", work.path);
      const { seed, forceSeed, words } = from.circumstances;
      const result = await executeCommand({
        command,
        root,
        tree,
        scope: "copy",
        environment: made,
        tools: await notebookTools([command], made, progress),
        variables: { ...(seed === null ? {} : variablesForSeed(seed)), ...from.variables },
        after: from.files.length === 0 ? [] : [swappedFiles(from.files, other.tree)],
        network: true,
        blobs: store.blobs,
        workDirectory: folder.path,
        arguments: words,
        ...(seed === null ? {} : { hook: { record: false, seed, forceSeed, control: null, probe: null } }),
      });
      return result.run;
    },
    [Symbol.dispose]: () => work[Symbol.dispose](),
  };
}

interface Mixed {
  readonly circumstances: Circumstances;
  /** The version. */
  readonly python: string;
  readonly packages: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Paths that are as the second run had them. */
  readonly files: readonly string[];
}

/** The first run's circumstances with some parts (by id, as `differingParts` names them) of the second's. */
function mixed(one: Recorded, other: Recorded, swapped: ReadonlySet<string>): Mixed {
  const pick = (id: string): Circumstances => (swapped.has(id) ? other.from : one.from);
  const named = (prefix: string): readonly string[] =>
    [...swapped].flatMap((id) => (id.startsWith(prefix) ? id.slice(prefix.length) : []));
  const packages = new Map(Object.entries(one.from.environment.packages));
  for (const name of named("package:")) setOrDelete(packages, name, other.from.environment.packages[name]);
  const variables = valuesOf(one.from);
  const theirs = valuesOf(other.from);
  for (const name of named("variable:")) setOrDelete(variables, name, theirs.get(name));
  return {
    circumstances: {
      ...one.from,
      line: pick("line").line,
      cwd: pick("cwd").cwd,
      words: pick("words").words,
      seed: pick("seed").seed,
      forceSeed: pick("forceSeed").forceSeed,
    },
    python: (swapped.has("python") ? other : one).run.python,
    packages: Object.fromEntries(packages),
    variables: Object.fromEntries(variables),
    files: named("file:"),
  };
}

function setOrDelete(map: Map<string, string>, name: string, value: string | undefined): void {
  if (value === undefined) map.delete(name);
  else map.set(name, value);
}

/** A secret has the value that it has now. */
function valuesOf({ variables, env }: Circumstances): Map<string, string> {
  const values = variables.flatMap(({ name, value }) => {
    const known = value ?? process.env[name];
    return known === undefined ? [] : [[name, known] as const];
  });
  return new Map([...values, ...Object.entries(env)]);
}

/** A day: what it took then is known, and it may be slower here. */
const timeoutSeconds = 86_400;

function commandOf({ command, kind }: Run, { line, cwd, env }: Circumstances): Command {
  return {
    name: command,
    kind,
    run: line,
    cwd,
    env,
    timeoutSeconds,
    needs: [],
    outputs: [],
    network: true,
    fallback: null,
    origin: "declared",
    location: null,
  };
}

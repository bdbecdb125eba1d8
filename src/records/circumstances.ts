import type {
  Circumstances,
  Environment,
  GitState,
  RunInput,
  Trace,
  VariableConfig,
} from "../model/index.ts";
import type { BlobBatch } from "../store/index.ts";
import type { TreeItem } from "./kept-tree.ts";

/** The files of the tree that count as code, whoever reads them. */
const code = /\.(?:py|pyw|pyx|ipynb|R|r|jl|sh|m|c|cc|cpp|h|cu)$/u;
const mostInputs = 5000;

/** Whether a file of the tree counts as code. */
export function isCode(path: string): boolean {
  return code.test(path);
}

/** What a run read of the tree as it was before, and all of the code. Without a trace that is everything. */
export function runInputs(
  items: readonly TreeItem[],
  trace: Trace | null,
  blobs: Pick<BlobBatch, "has">,
): { readonly inputs: readonly RunInput[]; readonly notes: readonly string[] } {
  const read =
    trace === null
      ? null
      : new Set(trace.files.flatMap((file) => (file.area === "tree" && file.read ? file.path : [])));
  const chosen = items.filter(({ path }) => read === null || read.has(path) || isCode(path));
  const inputs = chosen.slice(0, mostInputs).map(({ path, digest }): RunInput => {
    const role = isCode(path) ? "code" : "data";
    return { path, digest, role, kept: blobs.has(digest) };
  });
  const unkept = inputs.filter(({ kept }) => !kept).length;
  const notes = [
    ...(read === null ? ["nobody watched: every file of the tree counts as read"] : []),
    ...(chosen.length > mostInputs ? [`${chosen.length - mostInputs} more inputs are not listed`] : []),
    ...(unkept === 0 ? [] : [`the contents of ${unkept} large inputs are known by their digests alone`]),
  ];
  return { inputs, notes };
}

/** The environment of a run, without what only this machine's Rung needs of it. */
export function recordedEnvironment(environment: Environment): Circumstances["environment"] {
  const { source, description, digest, prefix, interpreter, packages } = environment;
  return { source, description, digest, prefix, interpreter: interpreter.executable, packages };
}

/** The declared variables that a run was given; of secrets the names alone. */
export function recordedVariables(
  declared: Readonly<Record<string, VariableConfig>>,
  values: Readonly<Record<string, string>>,
): Circumstances["variables"] {
  return Object.entries(values).map(([name, value]) => {
    const secret = declared[name]?.secret === true;
    return { name, value: secret ? null : value, secret };
  });
}

/** What Git says, with the uncommitted changes kept as a blob. */
export function recordedGit(
  git: GitState | null,
  patch: Buffer | null,
  blobs: Pick<BlobBatch, "put">,
): Circumstances["git"] {
  if (git === null) return null;
  const diff = patch === null || patch.length === 0 ? null : blobs.put(patch);
  return { commit: git.head, modified: git.modified, untracked: git.untracked.slice(0, 1000), diff };
}

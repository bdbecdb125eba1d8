import { posix } from "node:path";
import { secretByName } from "../../artifacts/index.ts";
import { didFail } from "../../diagnose/index.ts";
import type { Output, Run, Trace, TracedFile, TracedModule, TracedProcess } from "../../model/index.ts";
import { shellLine } from "../../system/index.ts";
import { maskSecrets } from "../../trace/index.ts";
import { hidePaths } from "./hidden-paths.ts";

/** A run, what it was seen to do, and what is needed to tell it without saying where its owner lives. */
export interface RunSource {
  readonly run: Run;
  readonly trace: Trace;
  /** The owner's home, absolute. */
  readonly home: string;
  /** Rung's own version. */
  readonly toolVersion: string;
}

/** A file that a run took or left. */
export interface AccountFile {
  /** Relative to the project's root; where `isOutside`, absolute, or below "~", the owner's home. */
  readonly path: string;
  readonly isOutside: boolean;
  readonly isCode: boolean;
  /** sha256 (hex): of an input as the run found it, of an output as it left it. Null where that is not known. */
  readonly digest: string | null;
  readonly size: number | null;
  /** Why there is no digest, or what else a reader has to know. */
  readonly note: string | null;
  /** The processes that touched it, by id; empty where none was seen to. */
  readonly processes: readonly string[];
}

/** What a process or an interpreter wrote, or the notebook with the outputs that it got. */
export interface AccountStream {
  readonly name: "stdout" | "stderr" | "notebook";
  readonly digest: string;
  /** Null where the record does not say. */
  readonly size: number | null;
}

export interface AccountDistribution {
  /** As PEP 503 normalises it. */
  readonly name: string;
  readonly version: string | null;
  /** What was imported of it, by top-level name, and the file where that was found. */
  readonly modules: readonly { readonly name: string; readonly file: string | null }[];
}

export interface AccountProcess extends Pick<TracedProcess, "id" | "parent" | "python" | "exitCode"> {
  readonly line: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/** One run as every format tells it: paths relative, secrets masked, lists in one order. */
export interface Account {
  /** The name of the project's folder. */
  readonly project: string;
  readonly toolVersion: string;
  readonly id: string;
  readonly command: string;
  readonly kind: Run["kind"];
  /** The line that the first process was started with, or the command's name. */
  readonly line: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly exitCode: number | null;
  /** Why the run counts as failed; null where it did not fail. */
  readonly error: string | null;
  readonly python: string;
  readonly platform: string;
  readonly isolation: string;
  readonly inputs: readonly AccountFile[];
  readonly outputs: readonly AccountFile[];
  /** Paths that the run deleted, relative to the root. */
  readonly deleted: readonly string[];
  readonly streams: readonly AccountStream[];
  readonly distributions: readonly AccountDistribution[];
  readonly processes: readonly AccountProcess[];
  readonly git: { readonly commit: string; readonly modified: number } | null;
  /** What nobody could see, in words. */
  readonly unseen: readonly string[];
}

export function accountOf({ run, trace, home, toolVersion }: RunSource): Account {
  const hide = (text: string): string => hidePaths(text, trace.root, home).toWellFormed();
  const line = (words: readonly string[]): string => shellLine(maskSecrets(words.map(hide)));
  const began = Date.parse(run.startedAt);
  const at = (ms: number): string => new Date(began + Math.round(ms)).toISOString();
  // A notebook's first process is the kernel as Rung starts it, which is no one else's line.
  const lineOf = ({ parent, argv, executable }: TracedProcess): string =>
    run.kind === "notebook" && parent === null
      ? `the kernel of ${run.command}`
      : argv.length === 0
        ? hide(executable)
        : line(argv);
  const [first] = trace.processes;
  const files = run.outputs.filter(({ kind }) => kind === "file");
  const commit = trace.git?.commit ?? null;
  return {
    project: posix.basename(trace.root).toWellFormed(),
    toolVersion,
    id: run.id,
    command: run.command,
    kind: run.kind,
    line:
      first === undefined || first.argv.length === 0 || run.kind === "notebook"
        ? run.command
        : line(first.argv),
    startedAt: at(0),
    endedAt: at(run.durationMs),
    exitCode: run.exitCode,
    error: didFail(run) ? hide(errorText(run)) : null,
    python: run.python,
    platform: trace.machine.platform,
    isolation: run.isolation.description,
    inputs: inputsOf(trace.files, files, hide),
    outputs: outputsOf(trace.files, files, hide),
    deleted: files.flatMap(({ digest, path }) => (digest === null ? path : [])).sort(),
    streams: streamsOf(run),
    distributions: distributionsOf(trace.modules, trace.root),
    processes: trace.processes.map((one) => ({
      id: one.id,
      parent: one.parent,
      python: one.python,
      exitCode: one.exitCode,
      line: lineOf(one),
      startedAt: at(one.startMs),
      endedAt: one.endMs === null ? null : at(one.endMs),
    })),
    git: commit === null ? null : { commit, modified: trace.git?.modified.length ?? 0 },
    unseen: [
      ...trace.coverage.unseen,
      ...(trace.coverage.complete ? [] : ["what came after the record ends"]),
      ...(trace.coverage.dropped === 0 ? [] : [`${trace.coverage.dropped} events over a bound`]),
    ],
  };
}

function errorText({ timedOut, signal, exitCode, missingOutputs, errorTail }: Run): string {
  const end = timedOut
    ? "it took longer than it may"
    : signal !== null
      ? `signal ${signal}`
      : exitCode === 0
        ? `it did not leave ${missingOutputs.join(", ")}`
        : `exit code ${String(exitCode)}`;
  const tail = maskSecrets(errorTail.trim().split(/(?<=\s)|(?=\s)/u)).join("");
  return tail === "" ? end : `${end}\n${tail}`;
}

/** What the run took from the tree and from outside of it. Software, caches of Python and temporary files are no inputs. */
function inputsOf(
  traced: readonly TracedFile[],
  outputs: readonly Output[],
  hide: (text: string) => string,
): readonly AccountFile[] {
  const changes = new Map(outputs.map(({ path, change }) => [path, change]));
  return byPath(
    traced.flatMap((file) => {
      const { path, area, read, written, changedWhileRunning } = file;
      const change = area === "tree" ? changes.get(path) : written ? "modified" : undefined;
      if (!isTold(file) || !read || change === "created") return [];
      if (file.size === null && change !== "deleted") return [];
      const isKnown = (change === undefined || change === "rewritten") && !changedWhileRunning;
      return asAccount(
        file,
        hide,
        isKnown ? null : "changed while the run went on: what it held before is not known",
      );
    }),
  );
}

/** What the run left: in the tree what was found there after it, elsewhere what it was seen to write. */
function outputsOf(
  traced: readonly TracedFile[],
  outputs: readonly Output[],
  hide: (text: string) => string,
): readonly AccountFile[] {
  const seen = new Map(traced.flatMap((file) => (file.area === "tree" ? [[file.path, file] as const] : [])));
  const inTree = outputs.flatMap(({ path, digest, size, symlink }): AccountFile[] => {
    if (digest === null) return [];
    const note = symlink ? "a symbolic link: the digest is that of its target's name" : null;
    const processes = seen.get(path)?.processes ?? [];
    return [{ path, isOutside: false, isCode: isCode(path), digest, size, note, processes }];
  });
  const elsewhere = traced.filter((file) => file.area === "outside" && file.written && file.size !== null);
  return byPath([...inTree, ...elsewhere.map((file) => asAccount(file, hide, null))]);
}

function asAccount(file: TracedFile, hide: (text: string) => string, unknown: string | null): AccountFile {
  const { path, area, processes } = file;
  // Who knows the digest of a short secret can find the secret.
  const secret =
    secretByName(path) === null ? null : "its name says that it holds a secret: no digest is given";
  const note = secret ?? unknown;
  const isOutside = area !== "tree";
  return {
    path: isOutside ? hide(path) : path,
    isOutside,
    isCode: isCode(path),
    digest: note === null ? file.digest : null,
    size: note === null ? file.size : null,
    note,
    processes,
  };
}

const isTold = ({ area }: TracedFile): boolean => area === "tree" || area === "outside";
const isCode = (path: string): boolean => /\.(?:pyw?|ipynb|r|jl|sh)$/iu.test(path);

function byPath(files: readonly AccountFile[]): readonly AccountFile[] {
  return [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function streamsOf({ outputs, stderr }: Run): readonly AccountStream[] {
  const streams = outputs.flatMap(({ kind, digest, size }): AccountStream[] =>
    (kind === "stdout" || kind === "notebook") && digest !== null ? [{ name: kind, digest, size }] : [],
  );
  return [...streams, ...(stderr === null ? [] : [{ name: "stderr" as const, digest: stderr, size: null }])];
}

function distributionsOf(modules: readonly TracedModule[], root: string): readonly AccountDistribution[] {
  const known = modules.flatMap((module) => {
    const { distribution } = module;
    return distribution === null ? [] : [{ ...module, distribution }];
  });
  return Array.from(
    Map.groupBy(known, ({ distribution, version }) => `${distribution} ${version ?? ""}`),
    ([key, [first, ...rest]]) => ({ key, first, all: first === undefined ? [] : [first, ...rest] }),
  )
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .flatMap(({ first, all }) =>
      first === undefined
        ? []
        : {
            name: first.distribution,
            version: first.version,
            modules: all.map(({ name, file }) => ({
              name,
              file: file === null ? null : placeIn(file, root),
            })),
          },
    );
}

/** Below the root as it is; else from the environment's folder of packages on. */
function placeIn(file: string, root: string): string {
  if (file.startsWith(`${root}/`)) return file.slice(root.length + 1);
  return /[^/]+-packages\/.*$/u.exec(file)?.[0] ?? file.slice(file.lastIndexOf("/") + 1);
}

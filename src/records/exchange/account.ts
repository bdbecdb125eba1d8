import { posix } from "node:path";
import { didFail } from "../../diagnose/index.ts";
import type { Circumstances, Run, Trace, TracedModule, TracedProcess } from "../../model/index.ts";
import { shellLine } from "../../system/index.ts";
import { maskSecrets } from "../../trace/index.ts";
import { inputsOf, outputsOf, type AccountFile } from "./account-files.ts";
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
  /** The command's line; where that is not recorded, the first process's, or the command's name. */
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
  /** The lock that lay in the project; null where none is recorded. */
  readonly lock: { readonly path: string; readonly digest: string } | null;
  /** What the owner chose for this run, by name: the seed, and declared variables that are no secrets. */
  readonly choices: Readonly<Record<string, string>>;
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
  const made = run.circumstances;
  return {
    project: posix.basename(trace.root).toWellFormed(),
    toolVersion,
    id: run.id,
    command: run.command,
    kind: run.kind,
    line:
      made !== undefined
        ? lineOfCommand(made, hide)
        : first === undefined || first.argv.length === 0 || run.kind === "notebook"
          ? run.command
          : line(first.argv),
    startedAt: at(0),
    endedAt: at(run.durationMs),
    exitCode: run.exitCode,
    error: didFail(run) ? hide(errorText(run)) : null,
    python: run.python,
    platform: trace.machine.platform,
    isolation: run.isolation.description,
    inputs: inputsOf(trace.files, files, run.circumstances?.inputs ?? [], hide),
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
    lock: made?.lock ?? null,
    choices: choicesOf(made, hide),
    git: commit === null ? null : { commit, modified: trace.git?.modified.length ?? 0 },
    unseen: [
      ...trace.coverage.unseen,
      ...(trace.coverage.complete ? [] : ["what came after the record ends"]),
      ...(trace.coverage.dropped === 0 ? [] : [`${trace.coverage.dropped} events over a bound`]),
    ],
  };
}

/** The declared line as it stands, with the words that were put after it. */
function lineOfCommand({ line, words }: Circumstances, hide: (text: string) => string): string {
  const declared = hide(maskText(line));
  return words.length === 0 ? declared : `${declared} ${shellLine(maskSecrets(words.map(hide)))}`;
}

function choicesOf(
  made: Circumstances | undefined,
  hide: (text: string) => string,
): Readonly<Record<string, string>> {
  if (made === undefined) return {};
  // A variable that its owner did not call a secret may still be named like one.
  const told = made.variables.flatMap(({ name, value }) => {
    const [word = ""] = maskSecrets([`${name}=${value ?? "***"}`]);
    return [[name, hide(word.slice(name.length + 1))] as const];
  });
  return Object.fromEntries([
    ...(made.seed === null ? [] : [["seed", String(made.seed)] as const]),
    ...told.sort(([one], [other]) => (one < other ? -1 : 1)),
  ]);
}

/** A text with the secrets of its words masked; what stands in quotes is one word. */
function maskText(text: string): string {
  const parts = text.split(/((?:"[^"]*"|'[^']*'|[^\s"'])+)/u);
  const words = maskSecrets(parts.filter((_part, at) => at % 2 === 1));
  return parts.map((part, at) => (at % 2 === 1 ? (words[(at - 1) / 2] ?? part) : part)).join("");
}

function errorText({ timedOut, signal, exitCode, missingOutputs, errorTail }: Run): string {
  const end = timedOut
    ? "it took longer than it may"
    : signal !== null
      ? `signal ${signal}`
      : exitCode === 0
        ? `it did not leave ${missingOutputs.join(", ")}`
        : `exit code ${String(exitCode)}`;
  const tail = maskText(errorTail.trim());
  return tail === "" ? end : `${end}\n${tail}`;
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

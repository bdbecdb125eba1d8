import { makeFinding, type Command, type Finding, type Location, type Run } from "../model/index.ts";
import { failingCell, lastPlaceInTree, lineInCell } from "./traceback.ts";

interface Explanation {
  readonly pattern: RegExp;
  readonly rule: string;
  why(match: RegExpMatchArray): string;
  fix(match: RegExpMatchArray): string;
}

/** What Python says when it stops, and what that means for someone else who runs it. First match counts. */
const explanations: readonly Explanation[] = [
  {
    pattern:
      /(\w{1,80}) does not have a deterministic implementation, but you set 'torch\.use_deterministic_algorithms|Deterministic behavior was enabled with either `?torch\.use_deterministic_algorithms/u,
    rule: "determinism-refused",
    why: (match) =>
      `torch was told to allow deterministic operations alone, and ${match[1] ?? "an operation that it calls"} is none.`,
    fix: () =>
      "use_deterministic_algorithms(True, warn_only=True) warns and goes on (torch 1.11 and later), or use another operation.",
  },
  {
    pattern:
      /Random ops require a seed to be set when determinism is enabled|cannot be called (?:when|if) determinism is enabled|[Dd]eterministic [^\n]{0,80}implementation [^\n]{0,80}not (?:currently |yet )?(?:available|supported)/u,
    rule: "determinism-refused",
    why: () =>
      "TensorFlow was told to allow deterministic operations alone (enable_op_determinism, which rung run --seed calls), and this is none; it cannot only warn.",
    fix: () =>
      "Give what draws a seed of its own (tf.random.Generator.from_seed), use another operation, or seed in the code (rung run --patch), which leaves the switch off.",
  },
  {
    pattern: /(?:ModuleNotFoundError|ImportError): No module named ['"]?([\w.]+)['"]?/u,
    rule: "missing-module",
    why: (match) => `The environment it ran in holds no module ${match[1] ?? ""}.`,
    fix: (match) =>
      `Declare the distribution that provides ${match[1] ?? ""}, (rung climb 1 does), or add the missing file to the project.`,
  },
  {
    pattern: /KeyError: ['"]([A-Z][A-Z0-9_]+)['"]/u,
    rule: "missing-variable",
    why: (match) => `It reads the environment variable ${match[1] ?? ""}, which is not set for anyone else.`,
    fix: (match) =>
      `Declare [variables.${match[1] ?? ""}] in rung.toml with a default, or give the code a default.`,
  },
  {
    pattern: /(?:FileNotFoundError|NotADirectoryError):.*?['"]([^'"\n]+)['"]/u,
    rule: "missing-file",
    why: (match) => `It reads ${match[1] ?? ""}, which is not there when it runs.`,
    fix: () =>
      "Put the file into the project (and into Git), use a path relative to the project, or declare it under [data].",
  },
  {
    pattern: /NameError: name ['"](\w+)['"] is not defined/u,
    rule: "undefined-name",
    why: (match) => `${match[1] ?? ""} is used before anything defines it when the code runs from the top.`,
    fix: () =>
      "Define it above its first use; in a notebook, restore the deleted cell or put the cells in order.",
  },
  {
    pattern:
      /(?:gaierror|ConnectionError|URLError|NewConnectionError|Network is unreachable|Temporary failure in name resolution)/u,
    rule: "network-needed",
    why: () => "It reaches for the network, and what it fetches is declared nowhere.",
    fix: () =>
      "Put the data into the project or under [data] in rung.toml, or say network = true for the command.",
  },
  {
    pattern: /EOFError(?!: Ran out of input)|StdinNotImplementedError/u,
    rule: "reads-standard-input",
    why: () => "It asks for input, and no one is there to answer.",
    fix: () => "Take the value from the command line, a file or a declared variable.",
  },
];

/** Whether a run did not do what it should: it ended otherwise than well, or left no declared output. */
export function didFail({ timedOut, exitCode, missingOutputs }: Run): boolean {
  return timedOut || exitCode !== 0 || missingOutputs.length > 0;
}

/**
 * The finding for a run that failed; null where it did what it should. `lineOfCell` gives the line of the notebook's
 * file where a code cell (from 1) begins.
 */
export function explainFailure(
  command: Command,
  run: Run,
  root: string,
  lineOfCell: (cell: number) => number | null = () => null,
): Finding | null {
  const named = `${command.name} (${command.run})`;
  const place = placeOf(command, run, root, lineOfCell);
  const at = { file: place?.file ?? null, line: place?.line ?? null };
  if (run.timedOut) {
    return makeFinding(
      "command-times-out",
      "error",
      `${named} did not end within ${command.timeoutSeconds} s`,
      {
        ...at,
        why: "A command that does not end proves nothing.",
        fix: "Give it a longer `timeout` in rung.toml; a server is no command.",
      },
    );
  }
  if (run.exitCode !== 0) return failure(named, run, at);
  if (run.missingOutputs.length === 0) return null;
  const outputs = run.missingOutputs.join(", ");
  return makeFinding("output-missing", "error", `${named} ended with exit code 0 but left no ${outputs}`, {
    file: command.location?.file ?? null,
    line: command.location?.line ?? null,
    why: "A declared output that is missing is a failure, whatever the exit code.",
    fix: "Mend the command so that it writes the file, or mend `outputs`.",
  });
}

/** The line of the project to look at: the innermost of a traceback, a notebook's cell, else where the command stands. */
export function placeOf(
  command: Command,
  run: Run,
  root: string,
  lineOfCell: (cell: number) => number | null,
  locate?: (relative: string) => string | null,
): Location | null {
  const traced = lastPlaceInTree(run.errorTail, root, locate);
  if (traced !== null || command.kind !== "notebook") return traced ?? command.location;
  const cell = failingCell(run.errorTail);
  const start = cell === null ? null : lineOfCell(cell);
  // A notebook's file holds each line of a cell on a line of its own.
  const line = start === null ? null : start + (lineInCell(run.errorTail) ?? 1) - 1;
  return { file: command.run, line };
}

function failure(named: string, run: Run, at: { file: string | null; line: number | null }): Finding {
  const ended = run.signal === null ? `exit code ${run.exitCode ?? "unknown"}` : `signal ${run.signal}`;
  for (const { pattern, rule, why, fix } of explanations) {
    const match = pattern.exec(run.errorTail);
    if (match !== null) {
      const message = `${named} failed (${ended}): ${match[0]}`;
      return makeFinding(rule, "error", message, { ...at, why: why(match), fix: fix(match) });
    }
  }
  const lastLine = run.errorTail.trimEnd().split("\n").at(-1) ?? "";
  const detail = lastLine === "" ? "" : `: ${lastLine}`;
  return makeFinding("command-fails", "error", `${named} failed (${ended})${detail}`, {
    ...at,
    why: "What does not run from the top cannot be reproduced by anyone.",
    fix: "Run it yourself in a fresh copy of the project and mend what the message says.",
  });
}

import {
  sizeText,
  type CodePlace,
  type Run,
  type Touch,
  type Trace,
  type TracedFile,
  type TracedProcess,
} from "../model/index.ts";
import type { Paint } from "./paint.ts";
import { printableRecord } from "./printable.ts";
import { processTree } from "./trace-processes.ts";

export interface TraceOptions {
  readonly paint: Paint;
  /** Every file and every line, in place of one screen. */
  readonly files: boolean;
}

/** What a run really did, for people: processes, what went in and came out, what varies, and what could not be seen. */
export function renderTrace(observed: Trace, ran: Run, { paint, files }: TraceOptions): string {
  const trace = printableRecord(observed);
  const run = printableRecord(ran);
  const most = files ? Infinity : 6;
  const block = (title: string, lines: readonly string[], none: string): string =>
    [paint.bold(title), ...(lines.length === 0 ? [paint.dim(`  ${none}`)] : bounded(lines, most))].join("\n");
  const { coverage } = trace;
  const none = coverage.layers.length === 0 ? "not observed" : "none seen";
  // Calls are seen by these layers alone, and imports are told when a process ends.
  const calling = coverage.layers.some((layer) => layer === "monitoring" || layer === "wrappers");
  const noCalls = calling ? none : "not observed";
  const own = trace.files.filter(({ area, size }) => area === "tree" && size !== null);
  const outside = trace.files.filter(({ area, size }) => area === "outside" && size !== null);
  const code = own.filter(isCode);
  const inputs = own.filter((file) => file.read && !isCode(file) && !isMade(file));
  const outputs = trace.files.filter(
    (file) =>
      file.area === "tree" &&
      (file.written || file.deleted) &&
      !(file.deleted && file.size === null && file.written),
  );
  const calls = (kind: readonly Touch[]): string[] => kind.map((touch) => `  ${touchText(touch)}`);
  const blocks = [
    `${paint.bold(trace.command)}  run ${trace.run.slice(0, 8)}, ${trace.startedAt.slice(0, 19).replace("T", " ")}, ${seconds(trace.durationMs)}, ${endOf(run)}`,
    block(`processes (${trace.processes.length})`, processTree(trace.processes, most * 2), none),
    block(`inputs in the tree (${inputs.length}, beside ${code.length} of code)`, inputs.map(fileText), none),
    block(`outputs in the tree (${outputs.length})`, outputs.map(fileText), none),
    ...(outside.length === 0
      ? []
      : [block(`outside the tree (${outside.length})`, outside.map(fileText), none)]),
    block(
      `packages imported (${packages(trace).length})`,
      wrapped(packages(trace)),
      calling && coverage.complete ? none : "not observed",
    ),
    block("random numbers", [...generatorLines(trace), ...calls(trace.entropy)], noCalls),
    block("clocks", [...calls(trace.clocks), ...timeLines(trace)], noCalls),
    block("listings of folders", calls(trace.listings.filter(({ at }) => at !== null)), none),
    block("network", hostLines(trace), none),
    block("variables", variableLines(trace), noCalls),
    block("machine", machineLines(trace), none),
    ...(files ? [block("every other file", others(trace).map(fileText), none)] : []),
    coverageText(trace, paint),
  ];
  return `${blocks.join("\n")}\n`;
}

function bounded(lines: readonly string[], most: number): readonly string[] {
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `  and ${lines.length - most + 1} more (--files shows all)`];
}

const isCode = ({ path }: TracedFile): boolean => /\.(?:py|pyi|pyx|ipynb)$/u.test(path);
/** Written by the run, and read again: an output first of all. */
const isMade = ({ written, changedWhileRunning }: TracedFile): boolean => written && !changedWhileRunning;

const others = ({ files }: Trace): readonly TracedFile[] =>
  files.filter(({ area }) => area !== "tree" && area !== "outside");

function fileText(file: TracedFile): string {
  const size = file.size === null ? (file.deleted ? "deleted" : "") : sizeText(file.size);
  const digest = file.digest === null ? "" : `sha256 ${file.digest.slice(0, 12)}`;
  const changed = file.changedWhileRunning ? "changed while it ran" : "";
  return `  ${[file.path, size, digest, changed, placeText(file.at)].filter(Boolean).join("  ")}`;
}

function placeText(at: CodePlace | null): string {
  if (at === null) return "";
  return at.cell === null ? `${at.file}:${at.line}` : `${at.file} cell ${at.cell}:${at.line}`;
}

function timeLines({ timeInOutputs = [] }: Trace): string[] {
  return timeInOutputs.length === 0 ? [] : [`  the time of the run stands in ${timeInOutputs.join(", ")}`];
}

function touchText({ what, at, count }: Touch): string {
  const times = count === 1 ? "" : `${count} times`;
  return [what, placeText(at) || "(in a library)", times].filter(Boolean).join("  ");
}

function packages({ modules }: Trace): readonly string[] {
  const found = modules.flatMap(({ distribution, version }) =>
    distribution === null ? [] : [`${distribution} ${version ?? ""}`.trim()],
  );
  return [...new Set(found)];
}

/** Short words on as few lines as they take. */
function wrapped(words: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > 100) lines.push(`  ${word}`);
    else lines[lines.length - 1] = `${last}, ${word}`;
  }
  return lines;
}

function generatorLines({ generators }: Trace): readonly string[] {
  return generators
    .filter(({ used, seeds }) => used || seeds.length > 0)
    .map(({ generator, seeds, used, unseededUse, draws }) => {
      const seeded = seeds
        .slice(0, 3)
        .map(({ value, at }) => `${value ?? "the system's"} ${placeText(at)}`.trim());
      const seedText = seeds.length === 0 ? "no seed" : `seed ${seeded.join(", ")}`;
      const [first] = draws;
      const drawn =
        first === undefined
          ? used
            ? "drawn from in C"
            : "not drawn from"
          : `first draw ${placeText(first.at)}`;
      return `  ${[generator, seedText, drawn, unseededUse ? "UNSEEDED" : ""].filter(Boolean).join("  ")}`;
    });
}

function hostLines({ hosts }: Trace): readonly string[] {
  return hosts.map(
    ({ host, port, how, at }) =>
      `  ${[`${how} ${host}${port === null ? "" : `:${port}`}`, placeText(at)].filter(Boolean).join("  ")}`,
  );
}

function variableLines({ variables }: Trace): readonly string[] {
  return wrapped(
    variables
      .filter(({ at }) => at !== null)
      .map(({ name, present }) => (present ? name : `${name} (not set)`)),
  );
}

function machineLines({ machine, git }: Trace): readonly string[] {
  const memory = `${Math.round(machine.memoryBytes / 2 ** 30)} GiB`;
  const libraries = machine.numericalLibraries.slice(0, 4);
  return [
    `  ${machine.platform}, ${machine.cpu}, ${machine.cpuCount} processors, ${memory}, ${machine.locale}, ${machine.timeZone}`,
    ...(libraries.length === 0 ? [] : [`  ${libraries.join(", ")}`]),
    ...(machine.gpus.length === 0 ? [] : [`  ${machine.gpus.join(", ")}`]),
    ...(git === null
      ? []
      : [
          `  commit ${git.commit?.slice(0, 12) ?? "none yet"}${git.modified.length === 0 ? "" : `, ${git.modified.length} files differ from it`}`,
        ]),
  ];
}

function coverageText({ coverage, processes }: Trace, paint: Paint): string {
  const by = coverage.layers.length === 0 ? "nothing" : coverage.layers.join(", ");
  const blind = processes.filter(({ seenBy }: TracedProcess) => seenBy === "none").length;
  const lines = [
    ...coverage.unseen,
    ...(blind === 0
      ? []
      : [`what ${blind} ${blind === 1 ? "process" : "processes"} did that the hook does not reach`]),
    ...(coverage.dropped === 0 ? [] : [`${coverage.dropped} events beyond the bounds, or not readable`]),
  ];
  const whole = coverage.complete ? "to its end" : "not to its end";
  return [
    `${paint.bold("watched by")} ${by}; recorded ${whole}`,
    ...(lines.length === 0 ? [] : ["  not seen:", ...lines.map((line) => `  - ${line}`)]),
  ].join("\n");
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function endOf({ exitCode, signal, timedOut }: Run): string {
  if (timedOut) return "timed out";
  return exitCode === null ? `ended by ${signal ?? "a signal"}` : `exit code ${exitCode}`;
}

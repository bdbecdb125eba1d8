import type { Finding } from "../model/index.ts";
import type { Revival, RevivedEntry, ReviveStep } from "../revive/index.ts";
import { differenceText } from "./difference.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** One step of a revival: what was done, and why. */
export function renderStep({ round, action, reason, location }: ReviveStep, paint: Paint): string {
  const place = location === null ? "" : ` ${paint.dim(`(${placeOf(location.file, location.line)})`)}`;
  const when = round === 0 ? "start  " : `round ${round}`;
  return `${paint.dim(when)}  ${paint.bold(printable(action))}: ${printable(reason)}${printable(place)}\n`;
}

/** What a revival came to: each entry, the environments, and what could not be mended. */
export function renderRevival(
  revival: Revival,
  { paint, verbose }: { readonly paint: Paint; readonly verbose: boolean },
): string {
  const { entries, environments, causes, date, project, findings } = revival;
  const ran = entries.filter((entry) => entry.ran).length;
  const day = date === null ? "" : `, as of ${date.slice(0, 10)}`;
  const head = `${paint.bold(printable(project.name))}: ${ran} of ${entries.length} run${day}`;
  const made = environments.map(
    ({ folder, python, pins, direct }) =>
      `  ${folder === "" ? "" : `${folder}/: `}Python ${python}, ${Object.keys(pins).length} packages${
        direct.length === 0 ? "" : ` (${direct.map((name) => `${name} ${pins[name] ?? ""}`).join(", ")})`
      }`,
  );
  const lines = [
    head,
    ...made.map(printable),
    "",
    ...entries.flatMap((entry) => [renderEntry(entry, paint), ...(verbose ? renderDifferences(entry) : [])]),
    ...(causes.length === 0 ? [] : ["", paint.bold("What could not be mended")]),
    ...causes.map((cause) => renderCause(cause, paint)),
    ...(findings.length === 0 ? [] : ["", ...renderFindings(findings, verbose, paint)]),
  ];
  return `${lines.join("\n")}\n`;
}

/** What was found beside: all of it where asked for, else how much there is. */
function renderFindings(findings: readonly Finding[], verbose: boolean, paint: Paint): readonly string[] {
  if (verbose)
    return [paint.bold("What was found beside"), ...findings.map((one) => renderCause(one, paint))];
  const [only] = findings;
  const what = findings.length === 1 && only !== undefined ? only.message : `${findings.length} findings`;
  return [paint.dim(printable(`Beside: ${what} (--verbose tells more)`))];
}

function renderEntry(entry: RevivedEntry, paint: Paint): string {
  const { name, ran, seconds, committed, cause } = entry;
  const mark = ran ? paint.green("ran   ") : paint.red("failed");
  const told = ran
    ? `${seconds.toFixed(1)} s${committedText(committed)}`
    : (cause?.message ?? "was not started");
  return `  ${mark}  ${printable(name)}  ${paint.dim(printable(told.split("\n")[0] ?? ""))}`;
}

/** What of the committed outputs came out otherwise, and where first. */
function renderDifferences({ committed }: RevivedEntry): readonly string[] {
  const different = committed?.comparisons.filter(({ verdict }) => verdict === "different") ?? [];
  return different.map((comparison) => printable(`            differs: ${differenceText(comparison)}`));
}

function committedText(committed: RevivedEntry["committed"]): string {
  if (committed === null || committed.compared === 0) return "";
  const same = committed.compared - committed.different;
  return `; ${same} of ${committed.compared} committed outputs are the same`;
}

function renderCause({ message, file, line, why, fix }: Finding, paint: Paint): string {
  const place = file === null ? "" : `${placeOf(file, line)}  `;
  const more = [why, fix].flatMap((text) => (text === null ? [] : text.split("\n")));
  return [
    `  ${paint.bold(printable(place))}${printable(message)}`,
    ...more.map((text) => `      ${printable(text)}`),
  ].join("\n");
}

const placeOf = (file: string, line: number | null): string => (line === null ? file : `${file}:${line}`);

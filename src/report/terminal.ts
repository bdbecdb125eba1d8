import {
  distinctFindings,
  type Evidence,
  type Finding,
  type Ladder,
  type Rung,
  type Verdict,
} from "../model/index.ts";
import { differenceText, shorten } from "./difference.ts";
import type { Paint } from "./paint.ts";
import { printableRecord } from "./printable.ts";

export interface TerminalOptions {
  readonly paint: Paint;
  /** Show each piece of evidence and every finding, not only those in the way. */
  readonly verbose: boolean;
}

/** The ladder for people: top rung first, then the committed verdict, what it rests on, and what stands in the way. */
export function renderTerminal(judged: Ladder, { paint, verbose }: TerminalOptions): string {
  const ladder = printableRecord(judged);
  const blocks = [
    headline(ladder, paint),
    ladder.rungs
      .toReversed()
      .map((rung) => rungLine(rung, ladder, paint))
      .join("\n"),
    discovered(ladder, paint),
    committedLine(ladder, paint),
    dependsOn(ladder, paint),
    findings(ladder, paint, verbose),
    verbose ? evidence(ladder, paint) : "",
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function headline({ project, level, rungs }: Ladder, paint: Paint): string {
  const title = level === null ? unknownTitle(rungs) : (titleOf(level, rungs) ?? "");
  const shown =
    level === null
      ? paint.yellow("level ?")
      : paint.bold(level < 0 ? paint.red(`level ${level}`) : paint.green(`level ${level}`));
  return `${paint.bold(project.name)}  ${shown}  ${title}${level !== null && level < project.target ? paint.dim(`  (target ${project.target})`) : ""}`;
}

function unknownTitle([ground]: readonly Rung[]): string {
  if (ground === undefined || ground.provedAt === null) return "not known yet: nothing was proved";
  return ground.stale === null
    ? "not known: the last proof could not be completed"
    : "not known: changed since it was proved";
}

function titleOf(level: number, rungs: readonly Rung[]): string | undefined {
  return level < 0
    ? "does not run from the top, or two runs differ"
    : rungs.find((rung) => rung.level === level)?.title;
}

function rungLine(rung: Rung, ladder: Ladder, paint: Paint): string {
  const mark: Record<Verdict, string> = {
    met: paint.green("✔ met    "),
    unmet: paint.red("✘ unmet  "),
    unknown: paint.yellow("? unknown"),
  };
  const here = ladder.level === rung.level ? paint.bold("►") : " ";
  const note =
    rung.stale === null
      ? noteOf(rung, ladder.level === rung.level)
      : paint.yellow(`stale: ${rung.stale.reason}`);
  return `${here} ${rung.level}  ${mark[rung.verdict]}  ${rung.title}${note === "" ? "" : `\n                  ${note}`}`;
}

/** What a reader must know of a rung that is met: how often it ran, what only its prover gave, what the commit lacks. */
const telling = new Set(["repeats", "variables", "differs-from-commit"]);

function noteOf(rung: Rung, isReached: boolean): string {
  if (rung.verdict === "met") {
    return rung.evidence
      .filter((item) => telling.has(item.id) && (isReached || item.id !== "differs-from-commit"))
      .map((item) => shorten(item.summary, 140))
      .join("\n                  ");
  }
  const lacking = rung.evidence.filter((item) => item.status === "missing" || item.status === "failed");
  if (lacking.length === 0) return "not proved yet";
  const shown = lacking.slice(0, 3).map((item) => shorten(item.summary, 100));
  return [...shown, ...(lacking.length > 3 ? [`and ${lacking.length - 3} more`] : [])].join(
    "\n                  ",
  );
}

/** Where the owner declared no command: which were taken in their place, and how they came to be known. */
function discovered({ commands }: Ladder, paint: Paint): string {
  if (commands.length === 0 || commands.some(({ origin }) => origin === "declared")) return "";
  const named = commands.slice(0, 6).map(({ name, origin, location }) => {
    return `${name} (${origin === "guessed" ? "guessed" : `found in ${location?.file ?? "the project"}`})`;
  });
  const more = commands.length > 6 ? `, and ${commands.length - 6} more` : "";
  return `${paint.yellow("commands discovered, not declared")}: ${named.join(", ")}${more}; rung init writes them down`;
}

function committedLine({ committed }: Ladder, paint: Paint): string {
  const { verdict, compared, identical, normalised, tolerance, different } = committed;
  const colour = {
    reproduced: paint.green,
    partly: paint.yellow,
    not: paint.red,
    "nothing to compare": paint.dim,
    unknown: paint.yellow,
  };
  const same = identical + normalised + tolerance;
  const counts =
    compared === 0
      ? ""
      : `  (${same} of ${compared}: ${identical} identical, ${normalised} equal after normalising, ${tolerance} within tolerance, ${different} different)`;
  const lines = [`committed: ${colour[verdict](verdict)}${counts}`];
  for (const comparison of committed.comparisons.filter((item) => item.verdict === "different").slice(0, 8)) {
    lines.push(`  ${differenceText(comparison)}`);
  }
  return lines.join("\n");
}

function dependsOn(ladder: Ladder, paint: Paint): string {
  if (ladder.dependsOn.length === 0) return "";
  return [paint.bold("This holds as long as"), ...ladder.dependsOn.map((clause) => `  - ${clause}`)].join(
    "\n",
  );
}

/** What stands in the way of the next rung; all of it when verbose. */
function findings(ladder: Ladder, paint: Paint, verbose: boolean): string {
  const blocking = ladder.rungs.find((rung) => rung.verdict !== "met");
  const rungs = verbose ? ladder.rungs : blocking === undefined ? [] : [blocking];
  // What stands in the way of several rungs is said once, at its weightiest.
  const all = [...ladder.findings, ...rungs.flatMap((rung) => rung.findings)].toSorted(
    (one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity),
  );
  const lines = distinctFindings(all).map((finding) => findingText(finding, paint));
  if (lines.length === 0) return "";
  const title = verbose || blocking === undefined ? "Findings" : `In the way of level ${blocking.level}`;
  const limit = verbose ? lines.length : 12;
  const more =
    lines.length > limit ? [paint.dim(`and ${lines.length - limit} more (--verbose shows all)`)] : [];
  return [paint.bold(title), ...lines.slice(0, limit), ...more].join("\n");
}

const severities = ["error", "warning", "info"];

/** A finding in lines of its own, indented: place, severity, message, why and fix. */
export function findingText(found: Finding, paint: Paint): string {
  const finding = printableRecord(found);
  const colour = { error: paint.red, warning: paint.yellow, info: paint.dim }[finding.severity];
  const place =
    finding.file === null
      ? ""
      : paint.cyan(finding.line === null ? `${finding.file}: ` : `${finding.file}:${finding.line}: `);
  const lines = [
    `  ${place}${colour(finding.severity)} ${finding.message} ${paint.dim(`[${finding.rule}]`)}`,
  ];
  if (finding.why !== null) lines.push(`      why: ${finding.why}`);
  if (finding.fix !== null) lines.push(`      fix: ${finding.fix}`);
  return lines.join("\n");
}

function evidence(ladder: Ladder, paint: Paint): string {
  const line = (rung: Rung, item: Evidence): string =>
    `  ${rung.level}  ${item.status.padEnd(8)} ${item.summary}`;
  return [
    paint.bold("Evidence"),
    ...ladder.rungs.flatMap((rung) => rung.evidence.map((item) => line(rung, item))),
  ].join("\n");
}

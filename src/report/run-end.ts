import type { Finding, Run } from "../model/index.ts";
import { printable } from "./printable.ts";

/** How a run that was recorded ended, for standard error: its id, and what its random numbers need to repeat. */
export function renderRunEnd(run: Run, findings: readonly Finding[]): string {
  const seconds = (run.durationMs / 1000).toFixed(1);
  const files = run.outputs.filter(({ kind, change }) => kind === "file" && change !== "rewritten").length;
  const left = files === 0 ? "" : `, ${files} ${files === 1 ? "file" : "files"} changed`;
  const id = run.id.slice(0, 8);
  const unseeded = findings.slice(0, told).map((finding) => `  ${placeOf(finding)}${finding.message}\n`);
  const more = findings.length > told ? `  and ${findings.length - told} more\n` : "";
  const seed = run.circumstances?.seed ?? null;
  const force = findings.some(({ rule }) => rule === "generator-without-seed") ? " --force-seed" : "";
  const advice =
    seed === null
      ? `rung run ${run.command} --seed 7${force} seeds the generators from outside (--patch: in the code)`
      : `rung run ${run.command} --seed ${seed} --force-seed seeds generators that the code makes without a seed, too`;
  const hint = findings.length === 0 ? "" : `  hint: ${advice}\n`;
  return printable(`run ${id}: ${seconds} s${left}\n${unseeded.join("")}${more}${hint}`);
}

const told = 3;

function placeOf({ file, line }: Finding): string {
  return file === null ? "" : `${file}${line === null ? "" : `:${line}`}: `;
}

import type { Cause, Diagnosis } from "../model/index.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

export interface DiagnosisStyle {
  readonly paint: Paint;
  /** The line of code at a cause's place; null where it cannot be read. */
  readonly lineAt: (cause: Cause) => string | null;
}

/** A diagnosis for a person: the verdict, each cause with its line and experiment, its mend, then what else is known. */
export function renderDiagnosis(diagnosis: Diagnosis, style: DiagnosisStyle): string {
  const causes = alike(diagnosis.causes).map((group) => renderCauses(group, style));
  const notes = diagnosis.notes.map((note) => `${printable(note)}\n`);
  return [
    `${verdictLine(diagnosis, style.paint)}\n`,
    ...causes,
    ...(notes.length === 0 ? [] : [notes.join("")]),
  ].join("\n");
}

function verdictLine({ command, verdict, undecided, runs, causes }: Diagnosis, paint: Paint): string {
  const name = printable(command);
  const after = runs === 1 ? "after 1 run" : `after ${runs} runs`;
  if (verdict === "same") return `${paint.green(`${name}: the same`)}, ${after}`;
  if (undecided === true) return `${paint.yellow(`${name}: not known`)}, ${after}`;
  if (verdict === "failed") return `${paint.red(`${name}: failed`)}, ${after}`;
  const confirmed = causes.filter((cause) => cause.confirmed).length;
  const suspects = causes.length - confirmed;
  const counts = [
    ...(confirmed > 0 ? [`${confirmed} confirmed ${confirmed === 1 ? "cause" : "causes"}`] : []),
    ...(suspects > 0 ? [`${suspects} ${suspects === 1 ? "suspect" : "suspects"}`] : []),
  ];
  return `${paint.red(`${name}: different`)}, ${[...counts, after].join(", ")}`;
}

const mostOutputs = 6;

/** Causes that one experiment showed and one mend takes away, which differ in their place alone. */
function alike(causes: readonly Cause[]): readonly (readonly [Cause, ...Cause[]])[] {
  const groups = new Map<string, [Cause, ...Cause[]]>();
  for (const cause of causes) {
    const { kind, confirmed, experiment, outputs, mend } = cause;
    const key = JSON.stringify([kind, confirmed, experiment, outputs, mend]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cause]);
    else group.push(cause);
  }
  return [...groups.values()];
}

function renderCauses(group: readonly [Cause, ...Cause[]], { paint, lineAt }: DiagnosisStyle): string {
  const [{ experiment, outputs, mend }] = group;
  const reached = outputs.slice(0, mostOutputs).join(", ");
  const more = outputs.length > mostOutputs ? `, and ${outputs.length - mostOutputs} more` : "";
  const lines = [
    ...group.flatMap((cause) => {
      const title = `${cause.confirmed ? "cause" : "suspect"}: ${cause.kind}`;
      const code = lineAt(cause);
      return [
        paint.bold(printable(`${title}${placeOf(cause)}`)),
        ...(code === null ? [] : [`    ${printable(code.trim())}`]),
      ];
    }),
    `  ${printable(experiment)}`,
    ...(reached === "" ? [] : [`  reaches: ${printable(`${reached}${more}`)}`]),
    ...(mend === null ? [] : renderMend(mend, paint)),
  ];
  return `${lines.join("\n")}\n`;
}

function placeOf({ file, line, cell }: Cause): string {
  if (file === null) return "";
  const within = cell === null ? "" : `, cell ${cell}`;
  return ` at ${file}${within}${line === null ? "" : cell === null ? `:${line}` : `, line ${line}`}`;
}

function renderMend(mend: NonNullable<Cause["mend"]>, paint: Paint): readonly string[] {
  if (mend.patch === null) return [`  mend: ${printable(mend.summary)}`];
  const state = mend.confirmed ? "confirmed by runs with it" : "not confirmed";
  const patch = printable(mend.patch).trimEnd().split("\n");
  return [
    `  mend: ${printable(mend.summary)} (${state})`,
    ...patch.map((line) => `    ${paintPatch(line, paint)}`),
  ];
}

function paintPatch(line: string, paint: Paint): string {
  if (line.startsWith("+") && !line.startsWith("+++")) return paint.green(line);
  if (line.startsWith("-") && !line.startsWith("---")) return paint.red(line);
  return line;
}

import { posix } from "node:path";
import { exists, fileSize, joinPath, readText } from "../../system/index.ts";
import type { Finding } from "../../model/index.ts";
import { causeAt } from "../cause.ts";
import type { FailedRun } from "../failed-run.ts";

export const networkAdvice = {
  why: "What it fetches can change or go, and is declared nowhere.",
  fix: "Put what it fetches into the project, or declare it under [data] in rung.toml; or say network = true for the command.",
};

const largestRead = 32 << 20;
const fetching =
  /^\s*"?\s*!\s*(wget|curl|aria2c|gdown|kaggle|git clone)\s(?:[^\n]{0,2000}?\s)??["'\\]{0,3}((?:https?|ftp):\/\/[^\s'"`\\]+)/u;

/**
 * A line of the notebook fetches a file with a program, whose failure stops nothing; a later cell then fails on the file,
 * which is empty or not there, in words that do not name the network.
 */
export function silentFetch(failed: FailedRun): Finding | null {
  const { command, project, text, line, place } = failed;
  const file = joinPath(project.root, command.run);
  if (command.kind !== "notebook" || !exists(file) || (fileSize(file) ?? largestRead) >= largestRead)
    return null;
  const failing = place?.line ?? null;
  for (const [index, fetched] of readText(file).split("\n").entries()) {
    if (failing !== null && index + 1 > failing) return null;
    const [, program = "", url = ""] = fetching.exec(fetched) ?? [];
    const names = url === "" ? [] : namesOf(fetched, url);
    if (!names.some((name) => `${line}\n${text}`.includes(name))) continue;
    const then = failing === null ? "" : `, and line ${failing} then fails`;
    return causeAt(
      "network-needed",
      { ...failed, place: { file: command.run, line: index + 1 } },
      `it needs the network to reach ${url}: ${program} fetches it, and no error of ${program} stops the notebook${then}`,
      networkAdvice,
    );
  }
  return null;
}

/** What the fetched file may be called: as an option says, else the last part of the address. */
function namesOf(line: string, url: string): readonly string[] {
  const named = /\s(?:-[a-zA-Z]{0,4}[oO]|--output(?:-document)?)[ =]["'\\]{0,3}([^\s'"\\]+)/u.exec(line)?.[1];
  return [named, url.split(/[?#]/u)[0]]
    .map((name) => posix.basename(name ?? ""))
    .filter((name) => name.length > 2);
}

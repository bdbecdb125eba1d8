import type { Command } from "../../model/index.ts";
import { shellQuote } from "../../system/index.ts";
import { beginMark, endMark } from "./document-lines.ts";

export interface InstructionsDraft {
  readonly name: string;
  /** The Python to make the environment with, such as "3.11"; null where nothing states one. */
  readonly python: string | null;
  /** Shell lines that make and enter it; those of a venv where left out. */
  readonly environment?: readonly string[];
  /** What the reader must have beside Python, such as "poetry". */
  readonly program?: string;
  /** Shell lines that fill the environment, such as `python -m pip install -r requirements.txt`. */
  readonly install: readonly string[];
  readonly commands: readonly Command[];
}

/**
 * The section of a README that tells a stranger how to run the project again: unpack, make an environment, install,
 * run. `readInstructions` reads the same commands back.
 */
export function writeInstructions(draft: InstructionsDraft): string {
  const python =
    draft.python === null ? "python3" : `python${/^\d+(?:\.\d+)?/u.exec(draft.python)?.[0] ?? "3"}`;
  const needed = [
    ...(draft.python === null ? [] : [`Python ${draft.python}`]),
    ...(draft.program === undefined ? [] : [draft.program]),
  ];
  const version =
    needed.length === 0 ? "" : ` ${needed.join(" and ")} ${needed.length === 1 ? "is" : "are"} needed.`;
  return [
    beginMark,
    "## Reproduce",
    "",
    `Unpack the archive of ${oneLine(draft.name)} (or clone the repository) and open a shell in its folder.${version}`,
    "Make an environment of its own and install what the project needs:",
    "",
    "```sh",
    ...(draft.environment ?? [`${python} -m venv .venv`, ". .venv/bin/activate"]).map(oneLine),
    ...draft.install.map(oneLine),
    "```",
    "",
    draft.commands.length === 1 ? "Then run:" : "Then run, in this order:",
    "",
    "```sh",
    ...draft.commands.flatMap((command) => [`# ${command.name}`, shellLine(command)]),
    "```",
    endMark,
    "",
  ].join("\n");
}

/** The command as a line for a shell in the project's root; a change of folder stays inside parentheses. */
export function shellLine(command: Command): string {
  const line =
    command.kind === "notebook"
      ? `jupyter nbconvert --to notebook --execute --inplace ${shellQuote(command.run)}`
      : command.run;
  const env = Object.entries(command.env).map(([key, value]) => `${key}=${shellQuote(value)} `);
  const inFolder = command.kind !== "notebook" && command.cwd !== "." && command.cwd !== "";
  return oneLine(
    inFolder ? `(cd ${shellQuote(command.cwd)} && ${env.join("")}${line})` : `${env.join("")}${line}`,
  );
}

const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n]+\s*/gu, " ");

/** The README with the section: in place of an earlier one of ours, else at the end. Line endings stay as they are. */
export function upsertInstructions(readme: string | null, section: string): string {
  if (readme === null || readme.trim() === "") return section;
  const newline = readme.includes("\r\n") ? "\r\n" : "\n";
  const text = section.replaceAll("\n", newline);
  const begin = readme.indexOf(beginMark);
  const end = readme.indexOf(endMark, begin);
  if (begin !== -1 && end !== -1) {
    const after = readme.slice(end + endMark.length);
    return readme.slice(0, begin) + text.trimEnd() + after;
  }
  return `${readme.trimEnd()}${newline}${newline}${text}`;
}

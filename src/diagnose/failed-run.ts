import { posix } from "node:path";
import type { Command, Location, Project, Run } from "../model/index.ts";
import type { SourceFacts } from "../source/index.ts";
import { exists, joinPath, readText } from "../system/index.ts";
import { placeOf } from "./failure.ts";

/** What is known of a project while its failures are read. */
export interface FailedProject {
  readonly project: Project;
  readonly sources: ReadonlyMap<string, SourceFacts>;
}

/** A run that failed, with what its words and the project's files say. */
export interface FailedRun extends FailedProject {
  readonly command: Command;
  readonly run: Run;
  /** The end of what it said: standard error, or of a notebook the failing cell. */
  readonly text: string;
  /** The last Python error in it: its name without the module, and its message; null where there is none. */
  readonly error: { readonly name: string; readonly message: string } | null;
  /** The innermost line of the project. */
  readonly place: Location | null;
  /** The text of that line, a notebook's without the quotes of its JSON; "" where unknown. */
  readonly line: string;
  /** Where its relative paths start: the folder that it was started in, relative to the root, "" for the root. */
  readonly folder: string;
}

const errorLine =
  /^(?:Code cell \d+ of \d+: )?([A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|NotFound|Failure|Timeout))(?:: ?(.*))?$/u;
const messageEnd =
  /^(?:-{3,}|Traceback |During handling|The above exception|Stopped: |\s+File |Cell In|\S*Error\b)/u;
const mostLines = 20;

/** Puts a failed run and the words that it left (`said`: the end of its standard error) together. */
export function readFailedRun(run: Run, command: Command, said: string, of: FailedProject): FailedRun {
  const text = wordsOf(run, command, said);
  const facts = of.sources.get(command.run);
  const lineOfCell = (cell: number): number | null =>
    facts?.kind === "notebook" ? (facts.cells[cell - 1]?.line ?? null) : null;
  const folder = startFolder(command);
  const files = new Set(of.project.files.map((file) => file.path));
  const locate = (relative: string): string | null =>
    [posix.join(folder, relative), relative].find((path) => files.has(path)) ?? null;
  const place = placeOf(command, { ...run, errorTail: text }, of.project.root, lineOfCell, locate);
  return {
    ...of,
    command,
    run,
    text,
    error: lastError(text),
    place,
    line: place === null ? "" : lineAt(of.project.root, place),
    folder,
  };
}

/** Of a notebook its failing cell's words; else the end of standard error, with what the runner adds ("Stopped: ..."). */
function wordsOf(run: Run, command: Command, said: string): string {
  if (command.kind === "notebook" || said.trim() === "") return run.errorTail;
  return said.includes(run.errorTail) ? said : `${said}\n${run.errorTail}`;
}

/** The folder that a command starts in, relative to the root ("" for the root itself). A notebook's own is the default. */
export function startFolder(command: Command): string {
  if (command.kind === "notebook" && command.cwd === ".") {
    const folder = posix.dirname(command.run);
    return folder === "." ? "" : folder;
  }
  const folder = posix.normalize(command.cwd).replace(/\/$/u, "");
  return folder === "." ? "" : folder;
}

function lastError(text: string): FailedRun["error"] {
  const lines = text.split("\n");
  const isError = (line: string): boolean => line.length < 2000 && errorLine.test(line);
  // A notebook's failing cell is named in the first line, before its traceback.
  const at = lines[0]?.startsWith("Code cell ") === true ? 0 : lines.findLastIndex(isError);
  const found = errorLine.exec(lines[at] ?? "");
  if (found === null) return null;
  const following = lines.slice(at + 1, at + mostLines);
  const end = following.findIndex((line) => messageEnd.test(line));
  const message = [found[2] ?? "", ...following.slice(0, end < 0 ? mostLines : end)].join("\n").trim();
  return { name: (found[1] ?? "").split(".").at(-1) ?? "", message };
}

const longestRead = 32 * 1024 * 1024;

/** One line of a file of the project, trimmed; "" where it cannot be read. */
export function lineAt(root: string, { file, line }: Location): string {
  const path = joinPath(root, file);
  if (line === null || !exists(path)) return "";
  const text = readText(path);
  if (text.length > longestRead) return "";
  const found = text.split("\n")[line - 1]?.trim() ?? "";
  return file.endsWith(".ipynb") ? withoutJson(found) : found;
}

function withoutJson(line: string): string {
  const quoted = /^"(?:[^"\\]|\\.)*"/u.exec(line)?.[0];
  try {
    return quoted === undefined ? line : String(JSON.parse(quoted)).trimEnd();
  } catch {
    return line;
  }
}

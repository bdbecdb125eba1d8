import type { Command } from "../../model/index.ts";
import { resolvePath, type ReadContext } from "../manifest-format.ts";
import { classify, hasPlaceholder, withoutWrapper } from "../shell/classify.ts";
import { makeCommand } from "../shell/make-command.ts";
import { kindOfLine, nameOfLine, notebookOfLine, uniqueNames } from "../shell/name-command.ts";
import { shellWords, splitSegments } from "../shell/shell-words.ts";
import { documentLines, type DocumentHeading } from "./document-lines.ts";
import { commandLines, type CommandLine } from "./command-lines.ts";

export interface InstructionLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** A line that makes the environment; `cwd` is the folder where it is typed, relative to the project's root ("" for the
 *  root itself), null where nobody can tell. */
export interface InstallLine extends InstructionLine {
  readonly cwd: string | null;
}

/** A run line, with the whole line of which it is a part (what installs or prints beside it is none of the run); null
 *  where that is typed in another folder than the root, or with variables set before. */
export interface InstructionStep {
  readonly command: Command;
  readonly text: string | null;
}

/** What a document tells its reader to do. */
export interface Instructions {
  /** Lines that make the environment: pip install, conda env create, python -m venv. */
  readonly install: readonly InstallLine[];
  /** Lines of tools that bring the environment up to date before they run something: `uv run`, `pixi run`. */
  readonly installingRuns: readonly InstallLine[];
  /** What is then run, in the document's order; each needs those before it. */
  readonly runs: readonly Command[];
  /** The run lines of code blocks alone, each as often as it stands there; prose that mentions a line is no step. */
  readonly steps: readonly InstructionStep[];
  /** Shell lines and pieces of inline code that are typed in the project's root with no variables set, whatever they do,
   *  as written but for prompts and comments. */
  readonly lines: readonly InstructionLine[];
  /** Lines that a person must see to: a notebook server, a placeholder to fill in. */
  readonly manual: readonly InstructionLine[];
  readonly headings: readonly DocumentHeading[];
}

interface Place {
  cwd: string | null;
  env: Record<string, string>;
}

/**
 * The instructions of a README or the like. Pure; `context` helps to tell whether `cd NAME` enters a folder of the
 * project or the clone itself. Commands that need a person (jupyter lab, streamlit run) are never among the runs.
 */
export function readInstructions(
  path: string,
  text: string,
  context?: Pick<ReadContext, "exists">,
): Instructions {
  const document = documentLines(path, text);
  const install: InstallLine[] = [];
  const installingRuns: InstallLine[] = [];
  const steps: InstructionStep[] = [];
  const lines: InstructionLine[] = [];
  const manual: InstructionLine[] = [];
  const found: { readonly command: Command; readonly ours: boolean }[] = [];
  const clones = new Set(
    [...text.matchAll(/\bgit clone\s+(?:-\S+\s+)*\S*?([^/\s:]+?)(?:\.git)?\/?(?=[\s`]|$)/gmu)].map(
      (match) => match[1],
    ),
  );
  let block = -1;
  let place: Place = { cwd: "", env: {} };
  for (const line of commandLines(document.lines)) {
    if (line.block !== block) place = { cwd: "", env: {} };
    block = line.block;
    const subshell = /^\(\s*(cd\s.*)\)$/u.exec(line.text)?.[1];
    const segments = line.compound
      ? [{ text: line.text, operator: "" }]
      : splitSegments(subshell ?? line.text);
    const here: Place = { cwd: place.cwd, env: { ...place.env } };
    let run = "";
    for (const { text: said, operator } of segments) {
      const kind = line.compound ? (hasPlaceholder(said) ? "manual" : "run") : classify(said);
      const folder = /^(?:cd|pushd)\s+(.+)$/u.exec(said)?.[1];
      if (/^(?:uv|pixi|anaconda-project|conda-project)\s+run\s/u.test(said) && line.where !== "inline")
        installingRuns.push({ text: said, line: line.line, cwd: here.cwd });
      const exported = /^(?:export|set)\s+([A-Za-z_]\w*)=(.*)$/u.exec(said);
      // What follows a run in the same line belongs to it.
      if (run !== "" && (kind === "run" || folder !== undefined)) run += `${said} ${operator} `;
      else if (folder !== undefined) here.cwd = enter(here.cwd, shellWords(folder)[0] ?? "", clones);
      else if (exported !== null) here.env[exported[1] ?? ""] = shellWords(exported[2] ?? "").join(" ");
      else if (kind === "install" && line.where !== "inline")
        install.push({ text: said, line: line.line, cwd: here.cwd });
      else if (kind === "manual" && line.where !== "inline") manual.push({ text: said, line: line.line });
      else if (kind === "run" && isWorthIt(line, said, context)) run += `${said} ${operator} `;
    }
    run = run.trim().replace(/\s*(?:&&|;)$/u, "");
    const isPlain = place.cwd === "" && Object.keys(place.env).length === 0;
    if (isPlain) lines.push({ text: line.text, line: line.line });
    if (run !== "" && here.cwd === null) manual.push({ text: line.text, line: line.line });
    else if (run !== "" && here.cwd !== null) {
      const command = commandOf(path, run, line, { cwd: here.cwd, env: here.env }, context);
      found.push({ command, ours: line.ours });
      if (line.where !== "inline") steps.push({ command, text: isPlain ? line.text : null });
    }
    if (subshell === undefined) place = here;
  }
  return { install, installingRuns, manual, steps, lines, headings: document.headings, runs: chain(found) };
}

/** The section that Rung keeps names the commands; others are added where they are new. Each needs those before it. */
function chain(found: readonly { readonly command: Command; readonly ours: boolean }[]): readonly Command[] {
  const unique = uniqueNames();
  const known = new Set<string>();
  const runs: Command[] = [];
  for (const { command } of [
    ...found.filter((entry) => entry.ours),
    ...found.filter((entry) => !entry.ours),
  ]) {
    const key = JSON.stringify([
      command.cwd,
      command.kind,
      command.run.replace(/^python3 /u, "python "),
      command.env,
    ]);
    if (known.has(key)) continue;
    known.add(key);
    runs.push({ ...command, name: unique(command.name), needs: runs.map((run) => run.name) });
  }
  return runs;
}

/** Inline code and unmarked text are prose at first: only a line with a file that is there, or a plain make, is a command. */
function isWorthIt(
  line: CommandLine,
  text: string,
  context: Pick<ReadContext, "exists"> | undefined,
): boolean {
  if (line.where === "block") return true;
  if (/^make\s+[\w.-]+$/u.test(text))
    return line.where === "inline" || context === undefined || context.exists("Makefile");
  const script = shellWords(text).find((word) => /\.(?:py|sh|ipynb)$/u.test(word));
  if (script === undefined)
    return /^(?:python\d?\s+-m\s+\S|pytest\s+\S|snakemake\s+\S)/u.test(text) && line.where === "inline";
  const resolved = resolvePath("", script);
  return context === undefined || (resolved !== null && context.exists(resolved));
}

/** The folder after `cd`, relative to the project's root; null where it lies outside or nobody can tell. */
function enter(cwd: string | null, folder: string, clones: ReadonlySet<string | undefined>): string | null {
  if (folder === "" || cwd === null || /[<>$*]/u.test(folder)) return folder === "" ? null : cwd;
  if (clones.has(folder.replace(/\/$/u, "")) && cwd === "") return "";
  return resolvePath(cwd, folder);
}

function commandOf(
  path: string,
  said: string,
  line: CommandLine,
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  context: Pick<ReadContext, "exists"> | undefined,
): Command {
  const { env, text } = leadingEnvironment(withoutWrapper(said));
  const run = withoutWrapper(text);
  const location = { file: path, line: line.line };
  const cwd = folderOfRun(place.cwd, run, context);
  const notebook = notebookOfLine(run);
  const resolved = notebook === null ? null : resolvePath(cwd, notebook);
  const name = line.name ?? nameOfLine(run);
  const shared = { name, env: { ...place.env, ...env }, location };
  if (resolved !== null) return makeCommand({ ...shared, kind: "notebook", run: resolved });
  return makeCommand({ ...shared, kind: kindOfLine(run), run, cwd: cwd === "" ? "." : cwd });
}

/** `cd repository-name` before the script of the root is the clone itself, which the files tell. */
function folderOfRun(cwd: string, run: string, context: Pick<ReadContext, "exists"> | undefined): string {
  const script =
    shellWords(run).find((word) => /\.(?:py|sh|ipynb)$/u.test(word)) ??
    (/^make\b/u.test(run) ? "Makefile" : undefined);
  if (cwd === "" || context === undefined || script === undefined) return cwd;
  const exists = (folder: string): boolean => {
    const resolved = resolvePath(folder, script);
    return resolved !== null && context.exists(resolved);
  };
  if (exists(cwd)) return cwd;
  const inner = cwd.split("/").slice(1).join("/");
  return exists(inner) ? inner : cwd;
}

/** `NAME=value` before a command is its environment. */
function leadingEnvironment(text: string): {
  readonly env: Readonly<Record<string, string>>;
  readonly text: string;
} {
  const env: Record<string, string> = {};
  let rest = text;
  for (;;) {
    const match = /^([A-Za-z_]\w*)=((?:'[^']*'|"[^"$`]*"|[^\s'"$`;&|()])*)\s+(?=\S)/u.exec(rest);
    if (match === null || /&&|;/u.test(text)) return { env, text: rest };
    env[match[1] ?? ""] = shellWords(match[2] ?? "")[0] ?? "";
    rest = rest.slice(match[0].length);
  }
}

import { readInstructions } from "../../manifests/index.ts";
import { makeFinding, type Command } from "../../model/index.ts";
import { readText } from "../../system/index.ts";
import { claimed, missing, type Check } from "../define.ts";
import { specFiles } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

/** Level 1: a document for people names every command, and how to install what they need. */
export function instructionsNameCommands(subject: Subject): Check {
  const { project } = subject;
  const { text, file } = instructions(subject);
  const unnamed = project.commands.filter((command) => !names(file, text, command));
  const installs = file === null ? [] : readInstructions(file, text).install;
  const needsInstall = specFiles(project).length > 0;
  if (file !== null && unnamed.length === 0 && (installs.length > 0 || !needsInstall)) {
    return { evidence: claimed("instructions", `${file} names every command`), findings: [] };
  }
  const lacks =
    file === null
      ? "There is no README"
      : unnamed.length > 0
        ? `${file} does not name ${unnamed.map((command) => command.run).join(", ")}`
        : `${file} does not say how to install ${specFiles(project).join(", ")}`;
  const finding = makeFinding("instructions-incomplete", "error", lacks, {
    file,
    why: "Others can only repeat what they are told to run.",
    fix: "Add the lines in a code block; rung climb 1 writes such a section.",
  });
  return { evidence: missing("instructions", lacks), findings: [finding] };
}

/** The document that instructs, with its text; the README where there are several. */
export function instructions(subject: Subject): { readonly file: string | null; readonly text: string } {
  const { documents, root } = subject.project;
  const inArchive = documents.filter((document) => subject.archive.has(document));
  const file = inArchive.find((document) => /^readme/iu.test(document)) ?? inArchive[0] ?? null;
  return { file, text: file === null ? "" : readText(`${root}/${file}`) };
}

/** The commands that the instructions name, out of the project's. */
export function instructedCommands(subject: Subject): readonly Command[] {
  const { file, text } = instructions(subject);
  return subject.project.commands.filter((command) => names(file, text, command));
}

function names(file: string | null, text: string, command: Command): boolean {
  if (file === null) return false;
  const { runs } = readInstructions(file, text);
  if (runs.some((run) => run.kind === command.kind && run.run === command.run && run.cwd === command.cwd))
    return true;
  if (command.kind !== "notebook") return command.cwd === "." && squeeze(text).includes(squeeze(command.run));
  const base = command.run.slice(command.run.lastIndexOf("/") + 1);
  return text.includes(command.run) || text.includes(base);
}

function squeeze(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

import { makeFinding, type Command, type Finding } from "../../model/index.ts";
import { classify, longestLine, withoutWrapper } from "./classify.ts";
import { makeCommand } from "./make-command.ts";
import { kindOfLine, notebookOfLine, plainName } from "./name-command.ts";
import { splitSegments } from "./shell-words.ts";

/** A command that a file declares by a name and a shell line. */
export interface DeclaredLine extends Partial<Command> {
  readonly name: string;
  readonly run: string;
  readonly location: { readonly file: string; readonly line: number | null };
}

/** The command, or why it is none that can be run by itself. */
export interface DeclaredCommand {
  readonly commands: readonly Command[];
  readonly findings: readonly Finding[];
}

/**
 * A declared line as a command. One that serves or waits for a person never ends, so it is a finding and no command; one
 * that only makes an environment is neither.
 */
export function declareCommand(declared: DeclaredLine): DeclaredCommand {
  const run = withoutWrapper(declared.run.replaceAll(/\s*\\?\r?\n\s*/gu, " ").trim());
  const segments = run.length > longestLine ? [] : splitSegments(run).map(({ text }) => classify(text));
  if (segments.every((kind) => kind === "install")) return { commands: [], findings: [] };
  if (segments.includes("manual")) return { commands: [], findings: [neverEnds(declared, run)] };
  const name = plainName(declared.name);
  const notebook = (declared.cwd ?? ".") === "." ? notebookOfLine(run) : null;
  const parts = { ...declared, name };
  const command =
    notebook === null
      ? makeCommand({ ...parts, kind: kindOfLine(run), run })
      : makeCommand({ ...parts, kind: "notebook", run: notebook });
  return { commands: [command], findings: [] };
}

/** The finding on a command that no run can prove, because it does not end by itself. */
export function neverEnds(declared: Pick<DeclaredLine, "name" | "location">, run: string): Finding {
  return makeFinding(
    "command-needs-person",
    "info",
    `${declared.name} serves, waits or leaves something to fill in, and is not run: ${run.slice(0, 120)}`,
    { ...declared.location, why: "a run that does not end by itself proves nothing" },
  );
}

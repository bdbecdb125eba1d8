import type { Command, Manifest } from "../model/index.ts";
import { shellQuote } from "../system/index.ts";
import { joinFolder } from "./launch-words.ts";

/** What is known where a launcher is resolved. */
export interface Launch {
  readonly line: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly manifests: readonly Manifest[];
  readonly readFile: (path: string) => string | null;
}

/** Commands in running order with what to call them: "its entry point", "the task". */
export interface Found {
  readonly commands: readonly Command[];
  readonly noun: string;
}

/** The manifests of these formats in a folder. */
export function manifestsIn(launch: Launch, folder: string, formats: readonly string[]): readonly Manifest[] {
  return launch.manifests.filter(
    ({ format, path }) =>
      formats.includes(format) &&
      joinFolder(path.includes("/") ? path.replace(/\/[^/]*$/u, "") : ".", ".") === folder,
  );
}

/** Words behind the name are handed on; a notebook takes none. */
export function withWords(command: Command, extra: readonly string[]): Command {
  return extra.length === 0 || command.kind === "notebook"
    ? command
    : { ...command, run: `${command.run} ${extra.map(shellQuote).join(" ")}` };
}

/** The commands that one needs, each after what it needs itself. */
export function before(command: Command, commands: readonly Command[]): readonly Command[] {
  const byName = new Map(commands.map((candidate) => [candidate.name, candidate]));
  const order = new Set<Command>();
  const open = new Set<string>();
  const visit = (current: Command): void => {
    if (open.has(current.name)) return;
    open.add(current.name);
    for (const need of current.needs) {
      const needed = byName.get(need);
      if (needed !== undefined) visit(needed);
    }
    order.add(current);
  };
  visit(command);
  order.delete(command);
  return [...order];
}

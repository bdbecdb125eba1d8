import { posix } from "node:path";
import { makeCommand, nameOfLine } from "../manifests/index.ts";
import { ToolError, type Command, type Project } from "../model/index.ts";
import { launchedCommand, splitFolder } from "../project/index.ts";
import { exists, joinPath, readText } from "../system/index.ts";

/** One thing to revive: a command, with the name that it was given by. */
export interface Entry {
  readonly given: string;
  readonly command: Command;
  /** What a launcher's line (`dvc repro`) runs before it, in this order. */
  readonly before: readonly Command[];
  /** What the line stands for, where it launches what a file defines; else null. */
  readonly stands: string | null;
}

/** All commands of an entry, in running order. */
export const commandsOf = ({ before, command }: Entry): readonly Command[] => [...before, command];

/**
 * The commands that entries stand for: shell lines, of which a leading `cd DIR &&` becomes the working folder and a
 * launcher's becomes what it launches, and notebooks as "nb:PATH". Without entries: what was discovered.
 * Throws USAGE for a notebook that the project does not hold.
 */
export function readEntries(project: Project, given: readonly string[] | undefined): readonly Entry[] {
  const unique = uniqueNames();
  if (given === undefined || given.length === 0) {
    return project.commands
      .filter(({ kind }) => kind !== "test")
      .map((command) =>
        command.kind === "notebook" ? plain(command.name, command) : launched(command.name, command),
      );
  }
  return given.map((text) => {
    const entry = text.trim();
    if (entry.startsWith("nb:")) return plain(text, notebook(entry.slice(3)));
    const { cwd, line } = splitFolder(entry);
    return launched(
      text,
      makeCommand({ name: unique(nameOfLine(line)), kind: "run", run: line, cwd, location: null }),
    );
  });

  function notebook(path: string): Command {
    const run = posix.normalize(path.trim());
    if (!project.files.some((file) => file.path === run)) {
      throw new ToolError("USAGE", `The project holds no notebook ${run}`, {
        hint: "Name it by its path from the project's root, as nb:PATH.",
      });
    }
    const name = unique(nameOfLine(run.replaceAll(/\s+/gu, "-")));
    return makeCommand({ name, kind: "notebook", run, location: { file: run, line: null } });
  }

  function launched(text: string, own: Command): Entry {
    const readFile = (path: string): string | null => {
      const file = joinPath(project.root, path);
      return exists(file) ? readText(file) : null;
    };
    const found = launchedCommand(own.run, project.manifests, { cwd: own.cwd, readFile }) ?? [];
    const commands = found.map(({ command }) => ({
      ...command,
      name: command.name === own.name ? own.name : unique(command.name),
    }));
    const last = commands.at(-1);
    if (last === undefined) return plain(text, own);
    // One chain: each finds what those before it left.
    const chain = commands.map((command, at) => ({
      ...command,
      needs: commands.slice(0, at).map(({ name }) => name),
    }));
    const stands = found.map(({ sentence }) => sentence).join("; ");
    return { given: text, command: chain.at(-1) ?? last, before: chain.slice(0, -1), stands };
  }
}

const plain = (given: string, command: Command): Entry => ({ given, command, before: [], stands: null });

function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    let unique = name;
    for (let count = 2; taken.has(unique); count += 1) unique = `${name}-${count}`;
    taken.add(unique);
    return unique;
  };
}

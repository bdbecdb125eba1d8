import { posix } from "node:path";
import { makeCommand, nameOfLine } from "../manifests/index.ts";
import { ToolError, type Command, type Project } from "../model/index.ts";

/** A command of a revival, with the name that its entry was given by. */
export interface Entry {
  readonly given: string;
  readonly command: Command;
}

const folderFirst = /^cd\s+(?:"([^"]+)"|'([^']+)'|(\S+))\s*&&\s*(.+)$/su;

/**
 * The commands that entries stand for: shell lines, of which a leading `cd DIR &&` becomes the working folder, and
 * notebooks as "nb:PATH". Without entries: what was discovered, tests and services apart.
 * Throws USAGE for a notebook or a folder that the project does not hold.
 */
export function readEntries(project: Project, given: readonly string[] | undefined): readonly Entry[] {
  if (given === undefined || given.length === 0) {
    return project.commands.map((command) => ({ given: command.name, command }));
  }
  const taken = new Set<string>();
  const once = (name: string): string => {
    let unique = name;
    for (let count = 2; taken.has(unique); count += 1) unique = `${name}-${count}`;
    taken.add(unique);
    return unique;
  };
  return given.map((text) => {
    const entry = text.trim();
    return {
      given: text,
      command: entry.startsWith("nb:") ? notebook(entry.slice(3), once) : line(entry, once),
    };
  });

  function notebook(path: string, unique: (name: string) => string): Command {
    const run = posix.normalize(path.trim());
    if (!project.files.some((file) => file.path === run)) {
      throw new ToolError("USAGE", `The project holds no notebook ${run}`, {
        hint: "Name it by its path from the project's root, as nb:PATH.",
      });
    }
    const name = unique(nameOfLine(run.replaceAll(/\s+/gu, "-")));
    return makeCommand({ name, kind: "notebook", run, location: { file: run, line: null } });
  }
}

function line(text: string, unique: (name: string) => string): Command {
  const { cwd, run } = splitFolder(text);
  const name = unique(nameOfLine(run));
  return makeCommand({ name, kind: "run", run, cwd, location: null });
}

/** `cd DIR && LINE` as a working folder and a line; folders that lead out of the tree stay in the line. */
export function splitFolder(text: string): { readonly cwd: string; readonly run: string } {
  const found = folderFirst.exec(text);
  if (found === null) return { cwd: ".", run: text };
  const folder = posix.normalize(found[1] ?? found[2] ?? found[3] ?? ".").replace(/\/$/u, "");
  const leaves = folder.startsWith("..") || /^[/~$]/u.test(folder);
  return leaves ? { cwd: ".", run: text } : { cwd: folder, run: found[4] ?? "" };
}

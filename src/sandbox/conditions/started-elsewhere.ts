import { basename, posix } from "node:path";
import { shellWords, splitSegments } from "../../manifests/index.ts";
import {
  entryKind,
  exists,
  joinPath,
  listTree,
  makeDirectory,
  moveEntry,
  removeTree,
  shellQuote,
} from "../../system/index.ts";
import type { RunRequest } from "../request.ts";

/** A shell line for another folder, and the first program's name in it as it was and as it is now. */
export interface MovedLine {
  readonly line: string;
  readonly argument0: readonly [string, string] | null;
}

/** A command for another folder. */
export interface MovedCommand {
  readonly startFolder: { readonly real: string; readonly inside: string };
  /** Where, in the copy, what it leaves there belongs. */
  readonly home: string;
  /** The shell line; a notebook has none. */
  readonly line: string;
  readonly argument0: MovedLine["argument0"];
}

/** Null where the command names nothing that could be found from elsewhere. */
export function moveCommand(
  { command }: Pick<RunRequest, "command">,
  tree: string,
  treeInside: string,
  startFolder: MovedCommand["startFolder"],
): MovedCommand | null {
  if (command.kind === "notebook") {
    const folder = command.cwd === "." ? posix.dirname(command.run) : command.cwd;
    return { startFolder, home: joinPath(tree, folder), line: "", argument0: null };
  }
  const home = joinPath(tree, command.cwd);
  const moved = movedLine(command.run, { real: home, inside: posix.join(treeInside, command.cwd) });
  return moved === null ? null : { startFolder, home, ...moved };
}

const startsFiles = /^(?:python[\d.]*|pypy\d?|sh|bash|cd|\.)$/u;

/**
 * The line with the files of the tree that it names, where a program or a shell is started with them, by their full path.
 * `folder` is where it is started, in the tree and as the command sees it; null where the line names no file.
 */
export function movedLine(
  line: string,
  folder: { readonly real: string; readonly inside: string },
): MovedLine | null {
  let argument0: MovedLine["argument0"] = null;
  let moved = false;
  const inside = (word: string): string => posix.join(folder.inside, word);
  const parts = splitSegments(line).map(({ text, operator }) => {
    const program = shellWords(text).find((word) => !/^\w+=/u.test(word)) ?? "";
    const isFile = program.includes("/") && !program.startsWith("/");
    if (!isFile && !startsFiles.test(basename(program))) return `${text} ${operator}`;
    // The word after -m or -c is no file; what comes after it may be.
    const said = text.replaceAll(/(?<=^|\s)(?<![=<>&|]\s*)(?<!-[mc]\s+)[\w.][\w./@+-]*(?=\s|$)/gu, (word) => {
      const isProgram = word === program;
      if ((isProgram && !isFile) || !exists(joinPath(folder.real, word))) return word;
      moved = true;
      if (!isProgram && entryKind(joinPath(folder.real, word)) === "file") argument0 ??= [inside(word), word];
      return shellQuote(inside(word));
    });
    return `${said} ${operator}`;
  });
  return moved ? { line: parts.join(" ").trim(), argument0 } : null;
}

/** Lays what a command left in the folder where it was started over its own folder: it counts as left there. */
export function takeBack(from: string, to: string): void {
  for (const entry of listTree(from).entries) {
    const target = joinPath(to, entry.path);
    if (entry.kind === "directory") {
      if (entryKind(target) !== "directory") {
        removeTree(target);
        makeDirectory(target);
      }
      continue;
    }
    if (entryKind(target) !== null) removeTree(target);
    moveEntry(joinPath(from, entry.path), target);
  }
}

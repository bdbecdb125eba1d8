import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { removeTree, writeFailure } from "./files.ts";

const open = new Set<string>();
/** Folders in which a program that we start may make some of its own, by our prefix. */
const lent = new Set<string>();
const swept = new Set<string>();

/** A new empty folder that goes when it is disposed of, or when Rung ends in any way that it can see. */
export function temporaryDirectory(
  label: string,
  parent: string = os.tmpdir(),
): { readonly path: string; [Symbol.dispose](): void } {
  let directory: string;
  try {
    const place = fs.realpathSync(parent);
    removeAbandoned(place);
    directory = fs.mkdtempSync(path.join(place, ownPrefix(label)));
  } catch (error) {
    throw writeFailure(parent, error);
  }
  open.add(directory);
  return {
    path: directory,
    [Symbol.dispose]() {
      open.delete(directory);
      removeTree(directory);
    },
  };
}

/**
 * With what a program that we start may begin the name of a folder of its own in the machine's temporary folder: what it
 * leaves there when it is killed goes when Rung ends, or with the next one.
 */
export function lentPrefix(label: string): string {
  lent.add(fs.realpathSync(os.tmpdir()));
  return ownPrefix(label);
}

const ownPrefix = (label: string): string => `rung-${label}-${processSpace()}.${process.pid}-`;

/** Removes every temporary folder still open: for the entry point, on its way out. */
export function removeTemporaries(): void {
  for (const directory of open) {
    try {
      removeTree(directory);
    } catch {
      // What an engine that was killed left mounted stays, and is no reason to leave the others.
    }
  }
  open.clear();
  for (const parent of lent)
    removeNamed(parent, (space, id) => space === processSpace() && id === process.pid);
}

/** Removes the folders of processes that were killed: once for each parent folder. */
function removeAbandoned(parent: string): void {
  if (swept.has(parent)) return;
  swept.add(parent);
  removeNamed(parent, (space, id) => space === processSpace() && !isAlive(id));
}

/** Removes the temporary folders of the processes that are meant. */
function removeNamed(parent: string, isMeant: (space: string, id: number) => boolean): void {
  for (const name of fs.readdirSync(parent)) {
    const [, space, id] = /^rung-[a-z]+-(\d+)\.(\d+)-\w{6,8}$/u.exec(name) ?? [];
    if (space === undefined || !isMeant(space, Number(id))) continue;
    try {
      removeTree(path.join(parent, name));
    } catch {
      // Another user's, or being removed by another process.
    }
  }
}

/** Whether a process of that id runs, in the process space that we are in. */
export function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Which processes a process id speaks of: containers that share a folder count theirs apart (Linux; "0" elsewhere). */
function processSpace(): string {
  try {
    return /\d+/u.exec(fs.readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}

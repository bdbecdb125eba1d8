import {
  decodeName,
  createFile,
  joinPath,
  makeDirectory,
  makeLink,
  now,
  openRead,
  setModified,
} from "../../system/index.ts";
import type { FileWriter } from "../../system/index.ts";
import { parentOf } from "./ignore-rules.ts";
import { leadsOut } from "./link-target.ts";
import { unsafe, type LimitKeeper } from "./unpack-limits.ts";

export type IncomingKind = "file" | "directory" | "symlink" | "hardlink";

/** One member as an archive states it: nothing of it is believed. */
export interface IncomingEntry {
  readonly name: Buffer;
  readonly kind: IncomingKind;
  readonly executable: boolean;
  /** Target of a link; for a hard link, the name of an earlier member. */
  readonly link: Buffer;
  /** When its content was last written, in ms since the epoch; NaN where that is not told. */
  readonly modifiedMs: number;
}

/** Takes the members one after another: begin, any number of pieces, and at the very end `finish`. */
export interface UnpackTarget {
  begin(entry: IncomingEntry): void;
  data(bytes: Uint8Array): void;
  /** Makes the symbolic links; gives the number of files and links. */
  finish(): number;
  [Symbol.dispose](): void;
}

const copyBytes = 1 << 20;
/** Archives without times say 1970 or 1980: nothing before Python's first release is taken for a time. */
const earliestMs = Date.UTC(1991, 1, 20);

/**
 * Writes members below `destination`, an empty folder. Symbolic links are made last, when every file is written, so
 * that none can be written through, and only where following them stays inside. No name comes twice, nothing lies below
 * a file or a link, and modes are 0755 or 0644. With `keepTimes` a file that is no link gets the time that the archive
 * states, where it can be one. Throws ToolError UNSAFE_ARCHIVE.
 */
export function unpackTarget(
  archive: string,
  destination: string,
  limits: LimitKeeper,
  keepTimes: boolean,
): UnpackTarget {
  const kinds = new Map<string, "file" | "directory" | "symlink">();
  const links = new Map<string, string>();
  const targets = new Map<string, Buffer>();
  let open: { readonly path: string; readonly file: FileWriter; readonly modifiedMs: number } | null = null;
  let files = 0;

  const close = (): void => {
    open?.file[Symbol.dispose]();
    if (open !== null && keepTimes && isTime(open.modifiedMs)) setModified(open.path, open.modifiedMs);
    open = null;
  };
  const claimFolder = (folder: string): void => {
    if (folder === "" || kinds.get(folder) === "directory") return;
    if (kinds.has(folder)) throw unsafe(archive, `${folder} is a file or a link, and a folder too`);
    claimFolder(parentOf(folder));
    kinds.set(folder, "directory");
    makeDirectory(joinPath(destination, folder));
  };
  const claim = (name: string, kind: "file" | "symlink"): void => {
    if (kinds.has(name)) throw unsafe(archive, `${name} comes twice in it`);
    claimFolder(parentOf(name));
    kinds.set(name, kind);
    files += 1;
  };
  const copyMember = (name: string, entry: IncomingEntry): void => {
    const from = safeName(archive, entry.link);
    if (kinds.get(from) !== "file") throw unsafe(archive, `${name} is a hard link to no file in it`);
    claim(name, "file");
    using source = openRead(joinPath(destination, from));
    using copy = createFile(joinPath(destination, name), entry.executable ? 0o755 : 0o644);
    const buffer = Buffer.allocUnsafe(Math.min(copyBytes, source.size));
    for (let read = source.read(buffer); read > 0; read = source.read(buffer)) {
      limits.countBytes(read);
      copy.write(buffer.subarray(0, read));
    }
  };

  return {
    begin(entry) {
      close();
      limits.countEntry();
      const name = safeName(archive, entry.name);
      if (name === "") {
        if (entry.kind !== "directory") throw unsafe(archive, "it holds an entry without a name");
      } else if (entry.kind === "directory") {
        claimFolder(name);
      } else if (entry.kind === "symlink") {
        claim(name, "symlink");
        links.set(name, decodeName(entry.link));
        targets.set(name, entry.link);
      } else if (entry.kind === "hardlink") {
        copyMember(name, entry);
      } else {
        claim(name, "file");
        const path = joinPath(destination, name);
        const file = createFile(path, entry.executable ? 0o755 : 0o644);
        open = { path, file, modifiedMs: entry.modifiedMs };
      }
    },
    data(bytes) {
      open?.file.write(bytes);
    },
    finish() {
      close();
      for (const [name, target] of targets) {
        if (target.length === 0 || target.includes(0) || leadsOut(name, links)) {
          throw unsafe(archive, `the link ${name} leads out of it`);
        }
      }
      for (const [name, target] of targets) makeLink(target, joinPath(destination, name));
      return files;
    },
    [Symbol.dispose]: close,
  };
}

/** Nor is a day that is still to come. */
const isTime = (ms: number): boolean => ms >= earliestMs && ms <= Date.parse(now());

/** The path below the destination, without "." and empty parts; "" for the destination itself. */
export function safeName(archive: string, bytes: Buffer): string {
  const name = decodeName(bytes);
  if (name.includes("\0")) throw unsafe(archive, "a name in it has a NUL");
  if (/^[/\\]|^[A-Za-z]:[/\\]/u.test(name)) throw unsafe(archive, `${name} is an absolute path`);
  if (name.split(/[/\\]/u).includes("..")) throw unsafe(archive, `${name} leads out of it`);
  return name
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

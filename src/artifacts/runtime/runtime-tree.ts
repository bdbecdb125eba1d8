import { makeFinding, type Finding } from "../../model/index.ts";
import { hashFile, isInside, readBytes } from "../../system/index.ts";
import type { Member } from "../tree/member.ts";
import { neutralElf } from "./elf/neutral-elf.ts";
import type { Closure } from "./libraries/closure.ts";
import type { Binary } from "./libraries/library-search.ts";

/** The folder runtime/ while it is being filled. A path that is taken stays what it is. */
export interface RuntimeTree {
  readonly add: (member: Member) => void;
  readonly addText: (path: string, text: string | Buffer, mode?: number) => void;
  /** A program or a library, without what speaks of this machine. */
  readonly addBinary: (path: string, source: string, mode?: number) => void;
  readonly addLibraries: (libraries: Closure["libraries"]) => void;
  /** Libraries of one name that differ: all lie in one folder, so the first serves everyone. */
  readonly conflicts: () => readonly Finding[];
  /** In the order of their paths, which begin with "runtime/". */
  readonly members: () => readonly Member[];
}

/** `traces` are folders whose names shall not stay in the files that lie below the first. */
export function runtimeTree(traces: readonly string[]): RuntimeTree {
  const members = new Map<string, Member>();
  const sources = new Map<string, string>();
  const conflicts = new Map<string, Finding>();
  const add = (member: Member): void => {
    const path = `runtime/${member.path}`;
    if (!members.has(path)) members.set(path, { ...member, path });
  };
  const addBinary = (path: string, source: string, mode = 0o644): void => {
    if (members.has(`runtime/${path}`)) return;
    const original = readBytes(source);
    const isOwn = traces.some((folder) => isInside(folder, source));
    const bytes = neutralElf(original, isOwn ? traces : []);
    add({ path, kind: "file", mode, content: bytes === original ? { path: source } : { bytes } });
  };
  return {
    add,
    addBinary,
    addText: (path, text, mode = 0o644) =>
      add({ path, kind: "file", mode, content: { bytes: Buffer.from(text) } }),
    addLibraries: (libraries: ReadonlyMap<string, Binary>) => {
      for (const [name, { path }] of libraries) {
        const first = sources.get(name) ?? path;
        sources.set(name, first);
        addBinary(`lib/${name}`, path, modeOf(name));
        if (first !== path && !conflicts.has(name) && hashFile(first) !== hashFile(path))
          conflicts.set(name, libraryDiffers(name, first, path));
      }
    },
    conflicts: () => [...conflicts.values()],
    members: () => [...members.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/** The loader is started as a program. */
const modeOf = (name: string): number => (name.startsWith("ld-linux") ? 0o755 : 0o644);

function libraryDiffers(name: string, first: string, other: string): Finding {
  return makeFinding("library-differs", "warning", `${name} is here twice, and the packed one is ${first}`, {
    why: `A packed program found ${other} on this machine; the other may be too old or too new for it.`,
  });
}

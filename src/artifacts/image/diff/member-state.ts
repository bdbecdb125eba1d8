import crypto from "node:crypto";
import { decodeName } from "../../../system/index.ts";
import type { TarEntry, TarTarget } from "../../archive/tar-reader.ts";

/** A member of a layer, its content as a digest. */
export interface MemberState {
  readonly kind: "file" | "directory" | "symlink" | "hardlink" | "special";
  readonly mode: number;
  readonly user: number;
  readonly group: number;
  readonly size: number;
  /** Of a file's content, hex; of a link its target; of a device what it is. */
  readonly content: string;
  /** Seconds since the epoch. */
  readonly modified: number;
}

/** A target that hands on each member as one value, when all of it has come; call `end` after the last. */
export function memberStates(take: (path: string, state: MemberState) => void): TarTarget & { end(): void } {
  let open: { readonly entry: TarEntry; readonly hash: crypto.Hash } | null = null;
  const close = (): void => {
    if (open === null) return;
    const { entry, hash } = open;
    open = null;
    take(pathOf(entry.name), stateOf(entry, hash.digest("hex")));
  };
  return {
    begin(entry) {
      close();
      if (entry.kind === "file") open = { entry, hash: crypto.createHash("sha256") };
      else take(pathOf(entry.name), stateOf(entry, decodeName(entry.link)));
    },
    data(bytes) {
      open?.hash.update(bytes);
    },
    special(name, what) {
      close();
      const state = {
        kind: "special",
        mode: 0,
        user: 0,
        group: 0,
        size: 0,
        content: what,
        modified: 0,
      } as const;
      take(pathOf(name), state);
    },
    end: close,
  };
}

const pathOf = (name: Buffer): string =>
  decodeName(name)
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");

const stateOf = (entry: TarEntry, content: string): MemberState => ({
  kind: entry.kind,
  mode: entry.mode,
  user: entry.user,
  group: entry.group,
  size: entry.size,
  content,
  modified: Math.floor(entry.modifiedMs / 1000),
});

const aspects = {
  kind: ({ kind }) => kind,
  mode: ({ mode }) => mode.toString(8).padStart(4, "0"),
  owner: ({ user, group }) => `${user}:${group}`,
  size: ({ size }) => String(size),
  link: ({ kind, content }) => (kind === "file" ? "" : content),
  content: ({ kind, content }) => (kind === "file" ? content.slice(0, 12) : ""),
  time: ({ modified }) =>
    Number.isFinite(modified) ? new Date(Math.min(Math.max(modified, 0), 8e12) * 1000).toISOString() : "none",
} satisfies Record<string, (state: MemberState) => string>;

/** One thing in which two members differ, as text. */
export interface AspectDifference {
  readonly aspect: keyof typeof aspects;
  readonly a: string;
  readonly b: string;
}

/** In what two members of one path differ; none where they are the same. */
export function differencesOf(
  a: MemberState,
  b: MemberState,
  withTimes: boolean,
): readonly AspectDifference[] {
  const names = (Object.keys(aspects) as (keyof typeof aspects)[]).filter(
    (name) => withTimes || name !== "time",
  );
  return names
    .map((aspect) => ({ aspect, a: aspects[aspect](a), b: aspects[aspect](b) }))
    .filter((one) => one.a !== one.b);
}

import { decodeName, sha256, toNative } from "../../system/index.ts";
import { linkTarget } from "../archive/archive-entry.ts";
import type { Content, Member } from "../tree/member.ts";
import { settledDigest } from "../tree/settled-digest.ts";

/** What a pack says of its own files: sha256 by path (hex), link targets by path. */
export interface PackDigests {
  readonly files: ReadonlyMap<string, string>;
  readonly links: ReadonlyMap<string, Buffer>;
}

/** sha256 (hex) of a file's bytes. */
export function contentDigest(content: Content): string {
  return "path" in content ? settledDigest(content.path) : sha256(content.bytes);
}

export function digestsOf(members: readonly Member[]): PackDigests {
  const files = new Map<string, string>();
  const links = new Map<string, Buffer>();
  for (const { path, kind, content } of members) {
    if (kind === "symlink") links.set(path, linkTarget(content));
    else if (content !== null) files.set(path, contentDigest(content));
  }
  return { files, links };
}

/** SHA256SUMS as coreutils' sha256sum writes it, in the order of the names' bytes: `sha256sum -c SHA256SUMS` checks it. */
export function sumsText(files: ReadonlyMap<string, string>): Buffer {
  return lines([...files], ([path, digest]) => {
    const name = bytesOf(path);
    const escaped = escape(name, false);
    const mark = escaped.equals(name) ? "" : "\\";
    return Buffer.concat([Buffer.from(`${mark}${digest}  `), escaped]);
  });
}

/** LINKS: a line for each symbolic link, its name, a tab and its target, since sha256sum follows links. */
export function linksText(links: ReadonlyMap<string, Buffer>): Buffer {
  return lines([...links], ([path, target]) =>
    Buffer.concat([escape(bytesOf(path), true), Buffer.from("\t"), escape(target, true)]),
  );
}

/** The sums in a SHA256SUMS; a line that is none is left out. */
export function readSums(text: Buffer): ReadonlyMap<string, string> {
  const sums = new Map<string, string>();
  for (const line of text.toString("latin1").split("\n")) {
    const [, mark, digest = "", name = ""] = /^(\\?)([0-9a-f]{64}) [ *]([^]+)$/u.exec(line) ?? [];
    if (digest !== "") sums.set(mark === "" ? name : unescape(name), digest);
  }
  return new Map([...sums].map(([name, digest]) => [decodeLatin(name), digest]));
}

function lines<T extends readonly [string, unknown]>(
  entries: readonly T[],
  line: (entry: T) => Buffer,
): Buffer {
  const sorted = entries
    .map((entry) => ({ entry, name: bytesOf(entry[0]) }))
    .sort((a, b) => Buffer.compare(a.name, b.name));
  return Buffer.concat(sorted.flatMap(({ entry }) => [line(entry), Buffer.from("\n")]));
}

function bytesOf(path: string): Buffer {
  const native = toNative(path);
  return typeof native === "string" ? Buffer.from(native, "utf8") : native;
}

const escapes: readonly (readonly [string, string])[] = [
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
];

function escape(name: Buffer, tabs: boolean): Buffer {
  let text = name.toString("latin1");
  for (const [plain, escaped] of escapes) text = text.replaceAll(plain, escaped);
  return Buffer.from(tabs ? text.replaceAll("\t", "\\t") : text, "latin1");
}

function unescape(text: string): string {
  return text.replaceAll(/\\([\\nrt])/gu, (_, letter: string) => {
    const meant: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
    return meant[letter] ?? "\\";
  });
}

/** Bytes that were read as Latin-1, as a path of ours. */
const decodeLatin = (text: string): string => decodeName(Buffer.from(text, "latin1"));

import { ToolError } from "../../model/index.ts";
import { decodeName, joinPath, readBytes, readText, sha256, temporaryDirectory } from "../../system/index.ts";
import { linkTarget } from "../archive/archive-entry.ts";
import { listMembers, type ListedMember } from "../archive/list-members.ts";
import { unpackArchive } from "../archive/unpack-archive.ts";
import { writeArchive, type ArchiveFormat } from "../archive/write-archive.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { bytesMember } from "../bundle/launcher-part.ts";
import type { Member } from "../tree/member.ts";
import { contentDigest, readSums } from "./checksums.ts";
import { packFolder, packMembers, writtenReport, type WrittenPack } from "./write-pack.ts";

/** DELTA.json: from which pack to which, and what the later one has no more. */
interface DeltaNote {
  readonly schemaVersion: 1;
  /** sha256 (hex) of the SHA256SUMS of either. */
  readonly since: string;
  readonly gives: string;
  readonly removed: readonly string[];
}

const noteName = "DELTA.json";

export interface WrittenDelta extends WrittenPack {
  /** The pack that it is from. */
  readonly since: string;
  /** How many files it replaces or adds, and how many it removes. */
  readonly changed: number;
  readonly removed: number;
}

/**
 * What of a bundle differs from an earlier pack of it, as an archive with the same top folder: files and links that are
 * new or other, all folders, SHA256SUMS, LINKS and DELTA.json. It serves in two ways: unpacked over the earlier one, then
 * `./run --apply`; or by applyDelta, which gives the later pack itself. Throws ToolError as writePack and listMembers.
 */
export async function writeDelta(
  bundle: Bundle,
  since: string,
  output: string,
  format: ArchiveFormat,
  progress: (message: string) => void,
): Promise<WrittenDelta> {
  progress(`reading ${since}`);
  const { top, members: old, sums: oldSums } = await readPack(since);
  const members = packMembers(bundle);
  const newSums = members.find(({ path }) => path === "SHA256SUMS");
  const changed = members.filter((member) => !isSame(member, old.get(member.path)));
  const names = new Set(members.map(({ path }) => path));
  const removed = [...old].flatMap(([name, { kind }]) =>
    kind === "directory" || names.has(name) ? [] : [name],
  );
  const note: DeltaNote = {
    schemaVersion: 1,
    since: sha256(oldSums),
    gives: digestOf(newSums),
    removed: removed.sort(),
  };
  const all = [...changed, bytesMember(noteName, Buffer.from(`${JSON.stringify(note, null, 1)}\n`))];
  if (top !== packFolder(bundle)) {
    throw new ToolError("USAGE", `${since} is a pack of ${top}, not of ${packFolder(bundle)}`, {
      hint: "Name an earlier pack of this project for this platform.",
    });
  }
  const written = await writeArchive({
    name: top,
    members: all,
    format,
    output,
    onBytes: writtenReport(progress),
  });
  const files = changed.filter(({ kind }) => kind !== "directory").length;
  return {
    path: written.path,
    sha256: written.sha256,
    bytes: written.size,
    platform: bundle.platform,
    python: bundle.manifest.python.version,
    wheels: bundle.manifest.wheels.length,
    files,
    since,
    changed: files,
    removed: removed.length,
  };
}

function isSame(member: Member, old: ListedMember | undefined): boolean {
  if (member.kind === "directory" || old === undefined || old.kind !== member.kind) return false;
  if (member.kind === "symlink") return old.link === decodeName(linkTarget(member.content));
  return old.executable === ((member.mode & 0o100) !== 0) && old.sha256 === digestOf(member);
}

/** Of a file that is there. */
const digestOf = (member: Member | undefined): string =>
  member === undefined || member.content === null ? "" : contentDigest(member.content);

/**
 * The later pack, from the earlier one and what changed, byte for byte as it was written then. Its files are compared
 * with its SHA256SUMS first. Throws ToolError USAGE where the two do not belong together, UNSAFE_ARCHIVE, PATH_UNREADABLE
 * or DISK_FULL.
 */
export async function applyDelta(
  since: string,
  delta: string,
  output: string,
  format: ArchiveFormat,
  progress: (message: string) => void,
): Promise<{ readonly path: string; readonly sha256: string; readonly bytes: number }> {
  using work = temporaryDirectory("delta");
  const [earlier, later] = [joinPath(work.path, "earlier"), joinPath(work.path, "later")];
  progress(`reading ${delta}`);
  const changes = await readPack(delta);
  progress(`unpacking ${since}`);
  await unpackArchive(since, earlier, wide);
  await unpackArchive(delta, later, wide);
  const base = joinPath(earlier, changes.top);
  const note = readNote(joinPath(later, changes.top, noteName), delta);
  if (note.since !== sha256(readBytes(joinPath(base, "SHA256SUMS")))) {
    throw new ToolError("USAGE", `${delta} was not made from ${since}`, {
      hint: "Apply it to the pack that --since named when it was made.",
    });
  }
  const old = await readPack(since);
  const removed = new Set(note.removed);
  const members = new Map<string, Member>();
  const add = (root: string, listed: ReadonlyMap<string, ListedMember>): void => {
    for (const [path, { kind, executable }] of listed) {
      if (kind === "hardlink" || path === "" || path === noteName) continue;
      const mode = kind === "symlink" ? 0o777 : kind === "directory" || executable ? 0o755 : 0o644;
      members.set(path, {
        path,
        kind,
        mode,
        content: kind === "directory" ? null : { path: joinPath(root, path) },
      });
    }
  };
  add(
    base,
    new Map([...old.members].filter(([path, { kind }]) => kind !== "directory" && !removed.has(path))),
  );
  add(joinPath(later, changes.top), changes.members);
  progress("comparing with SHA256SUMS");
  compareSums([...members.values()], delta);
  const written = await writeArchive({
    name: changes.top,
    members: [...members.values()],
    format,
    output,
    onBytes: writtenReport(progress),
  });
  return { path: written.path, sha256: written.sha256, bytes: written.size };
}

/** Interpreters and packages are many files, and large ones. */
const wide = { bytes: 500e9, entries: 5_000_000, ratio: 1000 };

function compareSums(members: readonly Member[], delta: string): void {
  const content = members.find(({ path }) => path === "SHA256SUMS")?.content ?? null;
  const sums =
    content !== null && "path" in content ? readSums(readBytes(content.path)) : new Map<string, string>();
  const files = members.filter(({ kind, path }) => kind === "file" && path !== "SHA256SUMS");
  const wrong = files.find((member) => sums.get(member.path) !== digestOf(member));
  if (wrong === undefined && files.length === sums.size) return;
  throw new ToolError(
    "USAGE",
    `${delta} does not give what it promises: ${wrong?.path ?? "a file is missing"} differs`,
    {
      hint: "Fetch both files again.",
    },
  );
}

function readNote(file: string, delta: string): DeltaNote {
  try {
    const note = JSON.parse(readText(file)) as DeltaNote;
    if (note.schemaVersion === 1 && Array.isArray(note.removed)) return note;
  } catch {
    // Said below.
  }
  throw new ToolError("USAGE", `${delta} is no delta that rung pack --since wrote`);
}

interface ReadPack {
  readonly top: string;
  /** By path below the top folder. */
  readonly members: ReadonlyMap<string, ListedMember>;
  readonly sums: Buffer;
}

async function readPack(archive: string): Promise<ReadPack> {
  const listed = await listMembers(archive, (name) => /^[^/]+\/SHA256SUMS$/u.test(name));
  const tops = new Set([...listed.keys()].map((name) => name.split("/")[0] ?? ""));
  const [top = ""] = tops;
  const sums = listed.get(`${top}/SHA256SUMS`)?.content ?? null;
  if (tops.size !== 1 || sums === null) {
    throw new ToolError("USAGE", `${archive} is no pack that rung wrote`, {
      hint: "Name a file that rung pack wrote.",
    });
  }
  const below = [...listed].filter(([name]) => name.startsWith(`${top}/`));
  return { top, members: new Map(below.map(([name, one]) => [name.slice(top.length + 1), one])), sums };
}

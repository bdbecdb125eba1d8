import {
  createFile,
  decodeName,
  entryKind,
  isRoot,
  joinPath,
  makeHardLink,
  makeLink,
} from "../../../system/index.ts";
import { readLink, setModified, setMode, setOwner, type FileWriter } from "../../../system/index.ts";
import type { TarEntry, TarTarget } from "../../archive/tar-reader.ts";
import { unsafe, type LimitKeeper } from "../../archive/unpack-limits.ts";
import { safeName } from "../../archive/unpack-target.ts";
import { rootfsPlaces } from "./rootfs-places.ts";
import { whiteoutOf } from "./whiteout.ts";

/** What an unpacked image is not, beside the original. */
export interface RootfsNotes {
  /** Files and links that were written, those of lower layers that went again too. */
  readonly files: number;
  /** Devices and pipes that were not made, the first of them by name. */
  readonly specials: number;
  readonly specialNames: readonly string[];
  /** Programs that would run as another user (setuid, setgid), whose bit was dropped. */
  readonly setuid: number;
  /** Owners are only set where Rung runs as root. */
  readonly ownersSet: boolean;
}

export interface RootfsTarget extends TarTarget {
  nextLayer(): void;
  finish(): RootfsNotes;
  [Symbol.dispose](): void;
}

const namesTold = 10;
/** User and group numbers beyond are refused by the system. */
const largestId = 2 ** 31;

/**
 * Writes the members of layers, one layer after another, below `root`, an empty folder, as the image-spec's layer.md lays
 * it down: later ones replace earlier ones, and whiteouts remove them. Nothing is written through a link, so links may
 * say what they like. Setuid and setgid bits are dropped, devices and pipes left out; the owner may read all of it.
 * Throws ToolError UNSAFE_ARCHIVE.
 */
export function rootfsTarget(image: string, root: string, limits: LimitKeeper): RootfsTarget {
  const places = rootfsPlaces(image, root, limits);
  const folderModes = new Map<string, TarEntry>();
  const ownersSet = isRoot();
  const specialNames: string[] = [];
  let [files, specials, setuid] = [0, 0, 0];
  let open: { readonly at: string; readonly file: FileWriter; readonly entry: TarEntry } | null = null;
  const native = (at: string): string => joinPath(root, at);

  const own = (at: string, { user, group }: TarEntry): void => {
    if (ownersSet && user < largestId && group < largestId) setOwner(native(at), user, group);
  };
  const close = (): void => {
    if (open === null) return;
    const { at, file, entry } = open;
    open = null;
    file[Symbol.dispose]();
    own(at, entry);
    const { modifiedMs } = entry;
    if (Number.isFinite(modifiedMs) && modifiedMs >= 0) setModified(native(at), modifiedMs);
  };
  const hardLink = (name: string, entry: TarEntry): void => {
    const from = places.find(safeName(image, entry.link));
    const kind = from === null ? null : entryKind(native(from));
    if (from === null || (kind !== "file" && kind !== "symlink")) {
      throw unsafe(image, `${name} is a hard link to no file in it`);
    }
    const at = places.place(name);
    if (at === from) throw unsafe(image, `${name} is a hard link to itself`);
    places.claim(at);
    if (kind === "file") makeHardLink(native(from), native(at));
    else makeLink(readLink(native(from)), native(at));
  };

  return {
    nextLayer() {
      close();
      places.nextLayer();
    },
    begin(entry) {
      close();
      limits.countEntry();
      const name = safeName(image, entry.name);
      if (name === "") {
        if (entry.kind !== "directory") throw unsafe(image, "it holds an entry without a name");
        return;
      }
      const whiteout = whiteoutOf(image, name);
      if (whiteout === "ignored") return;
      if (whiteout !== null) {
        const hidden = places.find(whiteout.of);
        if (hidden !== null) places.removeLower(hidden, whiteout.kind === "one");
        return;
      }
      if (entry.kind === "directory") {
        const at = places.place(name);
        places.claimFolder(at);
        folderModes.set(at, entry);
        return;
      }
      files += 1;
      if (entry.kind === "hardlink") return hardLink(name, entry);
      const at = places.place(name);
      places.claim(at);
      folderModes.delete(at);
      if (entry.kind === "symlink") {
        if (entry.link.length === 0 || entry.link.includes(0))
          throw unsafe(image, `${name} is a link to nothing`);
        makeLink(entry.link, native(at));
        own(at, entry);
      } else {
        if ((entry.mode & 0o6000) !== 0) setuid += 1;
        open = { at, entry, file: createFile(native(at), (entry.mode & 0o777) | 0o400) };
      }
    },
    data(bytes) {
      open?.file.write(bytes);
    },
    special(name, what) {
      close();
      limits.countEntry();
      specials += 1;
      if (specialNames.length < namesTold) specialNames.push(`${decodeName(name)} (${what})`);
    },
    finish() {
      close();
      for (const [at, entry] of folderModes) {
        if (!places.isFolder(at)) continue;
        own(at, entry);
        setMode(native(at), (entry.mode & 0o1777) | 0o700);
      }
      return { files, specials, specialNames, setuid, ownersSet };
    },
    [Symbol.dispose]() {
      open?.file[Symbol.dispose]();
      open = null;
    },
  };
}

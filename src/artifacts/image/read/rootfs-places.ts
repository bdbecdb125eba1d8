import {
  decodeName,
  entryKind,
  joinPath,
  listNames,
  makeDirectory,
  readLink,
  removeTree,
  setMode,
} from "../../../system/index.ts";
import { parentOf } from "../../archive/ignore-rules.ts";
import { unsafe, type LimitKeeper } from "../../archive/unpack-limits.ts";

const mostLinks = 40;

/** Where the members of layers go below a folder, so that no write ever goes through a link. Paths are relative to it. */
export interface RootfsPlaces {
  /** A new layer begins: what was made until now is the layers' below. */
  nextLayer(): void;
  /**
   * The member's real place: folders above it are real ones, made where they are missing. A link of a lower layer among
   * them is followed by its text, within the folder, as a container would; one of this layer refuses the whole.
   */
  place(name: string): string;
  /** As `place`, for what must be there: null where a folder above it is missing. */
  find(name: string): string | null;
  /** Makes room for a member that is no folder, and says that it comes from this layer. Refused where it comes twice. */
  claim(at: string): void;
  /** The same for a folder, whose content stays where it was one. */
  claimFolder(at: string): void;
  /** Whether a place that was claimed for a folder still is one, as are all above it. */
  isFolder(at: string): boolean;
  /** Removes what lower layers have at a place, or below it alone. */
  removeLower(at: string, itself: boolean): void;
}

export function rootfsPlaces(image: string, root: string, limits: LimitKeeper): RootfsPlaces {
  const folders = new Set<string>([""]);
  let made = new Set<string>();
  /** What was made in this layer, and all folders above. */
  let touched = new Set<string>();
  const native = (at: string): string => joinPath(root, at);

  const mark = (at: string): void => {
    made.add(at);
    for (let above = at; !touched.has(above) && above !== ""; above = parentOf(above)) touched.add(above);
  };
  const remove = (at: string): void => {
    removeTree(native(at));
    if (!folders.has(at)) return;
    for (const folder of folders) if (folder === at || folder.startsWith(`${at}/`)) folders.delete(folder);
  };
  const makeFolder = (at: string): void => {
    limits.countEntry();
    makeDirectory(native(at));
    setMode(native(at), 0o755);
    folders.add(at);
  };

  /** The real folder that a path leads to; with `make` missing ones are made. */
  const enter = (folder: string, make: boolean): string | null => {
    let at = "";
    let links = 0;
    const ahead = partsOf(folder);
    for (let part = ahead.shift(); part !== undefined; part = ahead.shift()) {
      if (part === "..") {
        at = parentOf(at);
        continue;
      }
      const next = at === "" ? part : `${at}/${part}`;
      if (folders.has(next)) {
        at = next;
        continue;
      }
      const kind = entryKind(native(next));
      if (kind === "directory") folders.add(next);
      else if (kind !== null && made.has(next)) {
        throw unsafe(image, `something in it lies below ${next}, which is no folder`);
      } else if (kind === "symlink") {
        links += 1;
        if (links > mostLinks) throw unsafe(image, `the links at ${next} lead in a circle`);
        const target = decodeName(readLink(native(next)));
        if (target.startsWith("/")) at = "";
        ahead.unshift(...partsOf(target));
        continue;
      } else {
        if (!make) return null;
        if (kind !== null) remove(next);
        makeFolder(next);
        mark(next);
      }
      at = next;
    }
    return at;
  };
  const below = (folder: string | null, name: string): string | null => {
    const base = name.slice(name.lastIndexOf("/") + 1);
    return folder === null ? null : joinPath(folder, base);
  };

  return {
    nextLayer() {
      made = new Set();
      touched = new Set();
    },
    place: (name) => below(enter(parentOf(name), true), name) ?? name,
    find: (name) => below(enter(parentOf(name), false), name),
    claim(at) {
      if (touched.has(at)) throw unsafe(image, `${at} comes twice in one layer`);
      if (entryKind(native(at)) !== null) remove(at);
      mark(at);
    },
    claimFolder(at) {
      if (!folders.has(at)) {
        const kind = entryKind(native(at));
        if (kind !== null && kind !== "directory") {
          if (made.has(at)) throw unsafe(image, `${at} comes twice in one layer`);
          remove(at);
        }
        if (kind === "directory") folders.add(at);
        else makeFolder(at);
      }
      mark(at);
    },
    isFolder: (at) => folders.has(at),
    removeLower(at, itself) {
      const clear = (path: string): void => {
        if (!touched.has(path)) remove(path);
        else if (entryKind(native(path)) === "directory") clearBelow(path);
      };
      const clearBelow = (path: string): void => {
        for (const name of listNames(native(path))) clear(joinPath(path, name));
      };
      if (itself) clear(at);
      // A link's folder is not its own.
      else if (entryKind(native(at)) === "directory") clearBelow(at);
    },
  };
}

const partsOf = (path: string): string[] => path.split("/").filter((part) => part !== "" && part !== ".");

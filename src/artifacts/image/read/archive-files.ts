import { decodeName, joinPath, openRead, type FileReader } from "../../../system/index.ts";
import { parentOf } from "../../archive/ignore-rules.ts";
import { TarFault, tarReader } from "../../archive/tar-reader.ts";
import { unsafe } from "../../archive/unpack-limits.ts";
import { safeName } from "../../archive/unpack-target.ts";
import type { FileFrom, ImageFiles } from "./image-files.ts";
import { unreadableImage } from "./unreadable.ts";

const pieceBytes = 1 << 16;
const mostFiles = 20_000;
const mostLinks = 16;

type Place = { readonly offset: number; readonly size: number } | { readonly link: string };

/** The files of a tar that is not compressed, read where they lie. Throws ToolError IMAGE_UNREADABLE or UNSAFE_ARCHIVE. */
export function archiveFiles(archive: string): ImageFiles {
  const file = openRead(archive);
  let places: ReadonlyMap<string, Place>;
  try {
    places = placesIn(archive, file);
  } catch (error) {
    file[Symbol.dispose]();
    if (!(error instanceof TarFault)) throw error;
    throw error.kind === "unsafe"
      ? unsafe(archive, error.message)
      : unreadableImage(archive, error.message, error);
  }
  return {
    open(name) {
      const place = follow(places, name);
      return place === null ? null : rangeOf(file, place.offset, place.size);
    },
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

/** Where each file's content lies: headers are read, contents passed over. */
function placesIn(archive: string, file: FileReader): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const reader = tarReader({
    begin(entry) {
      const name = safeName(archive, entry.name);
      if (entry.kind === "directory") return;
      if (places.has(name)) throw unsafe(archive, `${name} comes twice in it`);
      if (places.size >= mostFiles) throw unsafe(archive, `it has more than ${mostFiles} entries`);
      const { offset, size } = entry;
      if (entry.kind === "file") places.set(name, { offset, size });
      // docker save links a layer that comes twice to its first place.
      else if (entry.kind === "symlink")
        places.set(name, { link: joinPath(parentOf(name), decodeName(entry.link)) });
      else places.set(name, { link: decodeName(entry.link) });
    },
    data() {},
  });
  for (let at = 0; at < file.size;) {
    const piece = file.readAt(at, pieceBytes);
    if (piece.length === 0) break;
    reader.push(piece);
    at += piece.length + reader.skip();
    if (at > file.size) throw new TarFault("damaged", "it is cut off");
  }
  reader.end();
  return places;
}

/** Null where the name, or the link, leads to nothing in the archive. */
function follow(
  places: ReadonlyMap<string, Place>,
  name: string,
): { readonly offset: number; readonly size: number } | null {
  let place = places.get(joinPath(name));
  for (let links = 0; place !== undefined && "link" in place; links += 1) {
    if (links === mostLinks) return null;
    place = places.get(place.link);
  }
  return place ?? null;
}

function rangeOf(file: FileReader, offset: number, size: number): FileFrom {
  let at = 0;
  return {
    size,
    read(into) {
      const bytes = file.readAt(offset + at, Math.min(into.length, size - at));
      into.set(bytes);
      at += bytes.length;
      return bytes.length;
    },
    [Symbol.dispose]() {},
  };
}

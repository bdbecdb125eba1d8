import type { Output, Run, TracedFile } from "../model/index.ts";
import type { Areas, Place } from "./areas.ts";
import { digestFiles, type Digests, type FileDigest } from "./digests.ts";
import type { SeenFile } from "./fold/files.ts";
import type { Places } from "./places.ts";
import type { lookUp } from "../system/index.ts";

interface Mapped extends Omit<TracedFile, "digest" | "size" | "changedWhileRunning" | "processes"> {
  readonly here: string | null;
  readonly processes: readonly string[];
}

/** What is known of files without reading them. */
export interface KnownFiles {
  readonly look: typeof lookUp;
  /** The sha256 of what a path of the tree held before the run; null where that is not known. */
  readonly digestBefore: (path: string) => string | null;
}

export interface TracedFiles {
  readonly files: readonly TracedFile[];
  readonly unhashed: number;
  readonly unhashedBytes: number;
}

/**
 * The files of a run by where they lie, with the digests of those in the tree and outside. Outputs of the run were
 * digested when they were kept; what was merely looked for and is not there is left out.
 */
export async function tracedFiles(
  seen: readonly SeenFile[],
  areas: Areas,
  place: Places,
  run: Run,
  { look, digestBefore }: KnownFiles,
): Promise<TracedFiles> {
  const outputs = new Map(
    run.outputs.filter(({ kind }) => kind === "file").map((output) => [output.path, output]),
  );
  const mapped = merged(seen, areas, place).filter((file) => isThere(file, outputs, look));
  const counted = mapped.filter(({ area }) => area === "tree" || area === "outside");
  const began = Date.parse(run.startedAt);
  const treeOf = new Map(counted.map((file) => [file.here, file.area === "tree" ? file.path : null]));
  const digests = await digestFiles(
    counted.flatMap(({ here }) => here ?? []),
    (here, { realPath, mtimeMs }) => {
      const path = treeOf.get(here) ?? null;
      if (path === null) return null;
      const output = outputs.get(path);
      if (output !== undefined) return output.digest;
      // Neither a link nor touched: what it held before, it held all the time.
      return realPath === here && mtimeMs < began ? digestBefore(path) : null;
    },
    undefined,
    look,
  );
  const files = mapped.map((file): TracedFile => {
    const output = file.area === "tree" ? outputs.get(file.path) : undefined;
    const found = file.here === null ? undefined : digests.files.get(file.here);
    // Each by name: to spread a record takes several times as long.
    return {
      path: file.path,
      area: file.area,
      read: file.read,
      written: file.written || (output !== undefined && output.change !== "deleted"),
      listed: file.listed,
      deleted: file.deleted && found === undefined,
      processes: file.processes,
      at: file.at,
      digest: found?.digest ?? null,
      size: found?.size ?? null,
      changedWhileRunning: file.read && didChange(file.area, output, found, began),
    };
  });
  return { files, ...pick(digests) };
}

const pick = ({ unhashed, unhashedBytes }: Digests): Omit<TracedFiles, "files"> => ({
  unhashed,
  unhashedBytes,
});

const areaOrder: readonly Place["area"][] = [
  "tree",
  "outside",
  "temporary",
  "environment",
  "python",
  "system",
];

const byPath = (a: Mapped, b: Mapped): number => (a.path < b.path ? -1 : 1);

/** One entry for each place, whatever names the command used for it; sorted by area and path. */
function merged(seen: readonly SeenFile[], areas: Areas, place: Places): readonly Mapped[] {
  const found = new Map(areaOrder.map((area) => [area, new Map<string, Mapped>()]));
  for (const file of seen) {
    const where = areas(file.seen);
    if (where === null || isByTheWay(where)) continue;
    const inArea = found.get(where.area);
    const known = inArea?.get(where.path);
    const processes = file.processes.map(({ id }) => id);
    inArea?.set(where.path, {
      path: where.path,
      area: where.area,
      here: where.here,
      read: file.read || (known?.read ?? false),
      written: file.written || (known?.written ?? false),
      listed: file.listed || (known?.listed ?? false),
      deleted: file.deleted || (known?.deleted ?? false),
      processes: known === undefined ? processes : [...new Set([...known.processes, ...processes])],
      at: known?.at ?? place(file.at),
    });
  }
  return [...found.values()].flatMap((inArea) => [...inArea.values()].sort(byPath));
}

/** Python's compiled modules are made from what is read anyway. */
function isByTheWay({ path }: Place): boolean {
  return /(?:^|\/)__pycache__(?:\/|$)/u.test(path) || /\.pyc(?:\.\d+)?$/u.test(path);
}

function isThere(file: Mapped, outputs: ReadonlyMap<string, Output>, look: typeof lookUp): boolean {
  if (!file.read && !file.written && !file.listed && !file.deleted) return false;
  if (file.area === "temporary") return true;
  if (file.area === "tree" && outputs.has(file.path)) return true;
  // A file that came and went again was there; one that was only looked for was not.
  if (file.written || file.deleted) return file.here !== null || file.area === "tree";
  return file.here !== null && look(file.here) !== null;
}

function didChange(
  area: TracedFile["area"],
  output: Output | undefined,
  found: FileDigest | undefined,
  began: number,
): boolean {
  if (area === "tree") return output?.change === "modified";
  return area === "outside" && found !== undefined && found.mtimeMs >= began;
}

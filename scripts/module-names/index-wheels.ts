import path from "node:path";
import { compare, valid } from "@renovatebot/pep440";
import { fetchIndexPage, modulesOfFiles, wheelFiles, type IndexFile } from "../../src/environments/index.ts";
import { download, readBytes, temporaryDirectory } from "../../src/system/index.ts";
import type { Observed } from "./observed.ts";
import { modulesOfSources, sdistModules } from "./sdist-modules.ts";

type Keep = (found: Omit<Observed, "date">) => void;

/** Few at a time: an index is everybody's. */
const parallel = 4;
/** Source distributions are fetched whole, and only where there is no wheel. */
const largestSource = 50 * 1024 * 1024;

/**
 * Reads, for each distribution, the list of files of its newest wheel on the index, of which only the end is fetched; of
 * what has no wheel, the files of its newest source distribution. Progress goes to standard error.
 */
export async function observeIndex(names: readonly string[], index: string, keep: Keep): Promise<void> {
  const waiting = [...names];
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      try {
        const found = await observe(name, index);
        if (found !== null) keep(found);
      } catch (error) {
        process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
      }
      if (waiting.length % 100 === 0) process.stderr.write(`${waiting.length} to go\n`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
}

const wheelName = /^[^-]+-([^-]+)-.+\.whl$/u;
const sourceName = /^.+-([^-]+)\.(?:tar\.gz|zip)$/u;

async function observe(name: string, index: string): Promise<Omit<Observed, "date"> | null> {
  const files = ((await fetchIndexPage(index, name)) ?? []).filter(({ yanked }) => yanked === null);
  const wheel = newest(files, wheelName);
  const listed = wheel === null ? null : await wheelFiles(wheel.file.url);
  if (wheel !== null && listed !== null)
    return { name, version: wheel.version, modules: modulesOfFiles(listed), from: "wheel" };
  const source = newest(files, sourceName);
  const modules = source === null ? null : await modulesOfSource(source.file);
  return source === null || modules === null
    ? null
    : { name, version: source.version, modules, from: "sdist" };
}

async function modulesOfSource({ filename, url, sha256 }: IndexFile): Promise<readonly string[] | null> {
  if (filename.endsWith(".zip")) {
    const files = await wheelFiles(url);
    return files === null ? null : modulesOfSources(files);
  }
  if (sha256 === null) return null;
  using room = temporaryDirectory("sdist");
  const place = path.join(room.path, "sdist.tar.gz");
  await download(url, place, { sha256, atMost: largestSource });
  return await sdistModules(readBytes(place));
}

function newest(
  files: readonly IndexFile[],
  pattern: RegExp,
): { readonly version: string; readonly file: IndexFile } | null {
  let best: { version: string; file: IndexFile } | null = null;
  for (const file of files) {
    const version = pattern.exec(file.filename)?.[1];
    if (version === undefined || valid(version) === null) continue;
    if (best === null || compare(version, best.version) > 0) best = { version, file };
  }
  return best;
}

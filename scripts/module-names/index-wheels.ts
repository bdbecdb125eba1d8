import { compare, valid } from "@renovatebot/pep440";
import { fetchIndexPage, wheelFiles } from "../../src/environments/index.ts";

type Keep = (name: string, version: string, files: Iterable<string>) => void;

/** Few at a time: an index is everybody's. */
const parallel = 4;

/**
 * Reads, for each distribution, the list of files of its newest wheel on the index: the central directory at the end of
 * the zip, by range requests (APPNOTE 4.3.12). What has no wheel is left out. Progress goes to standard error.
 */
export async function observeIndex(names: readonly string[], keep: Keep): Promise<void> {
  const waiting = [...names];
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      try {
        const wheel = await newestWheel(name);
        const listed = wheel === null ? null : await wheelFiles(wheel.url);
        if (wheel !== null && listed !== null) keep(name, wheel.version, listed);
      } catch (error) {
        process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
      }
      if (waiting.length % 100 === 0) process.stderr.write(`${waiting.length} to go\n`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
}

const index = process.env["PIP_INDEX_URL"] ?? "https://pypi.org/simple";

async function newestWheel(name: string): Promise<{ readonly version: string; readonly url: string } | null> {
  const files = (await fetchIndexPage(index, name)) ?? [];
  let best: { version: string; url: string } | null = null;
  for (const { filename, url, yanked } of files) {
    const version = /^[^-]+-([^-]+)-.+\.whl$/u.exec(filename)?.[1];
    if (version === undefined || valid(version) === null || yanked !== null) continue;
    if (best === null || compare(version, best.version) > 0) best = { version, url: url };
  }
  return best;
}

import { compare, valid } from "@renovatebot/pep440";
import { fetchIndexPage } from "../../src/environments/index.ts";

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
        if (wheel !== null) keep(name, wheel.version, await filesOf(wheel.url));
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

async function filesOf(url: string): Promise<readonly string[]> {
  let { bytes, total } = await tail(url, 1 << 16);
  const end = bytes.lastIndexOf(Buffer.from("PK\u0005\u0006"));
  if (end === -1) throw new Error("no end of central directory");
  const size = bytes.readUInt32LE(end + 12);
  const count = bytes.readUInt16LE(end + 10);
  const start = bytes.readUInt32LE(end + 16);
  if (total - start > bytes.length) ({ bytes, total } = await tail(url, total - start));
  const names: string[] = [];
  let at = bytes.length - (total - start);
  for (let entry = 0; entry < count && at + 46 <= bytes.length && names.length * 46 <= size; entry += 1) {
    const length = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString("utf8", at + 46, at + 46 + length));
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}

async function tail(
  url: string,
  length: number,
): Promise<{ readonly bytes: Buffer; readonly total: number }> {
  const answer = await fetch(url, { headers: { range: `bytes=-${length}` } });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const total = /\/(\d+)$/u.exec(answer.headers.get("content-range") ?? "")?.[1];
  return { bytes, total: total === undefined ? bytes.length : Number(total) };
}

import path from "node:path";
import { cacheDirectory, exists, readText, withExclusive, writeAtomic } from "../../system/index.ts";
import { sitePackagesOf } from "../installed-packages.ts";
import { installedEntries, modulesOfEntry, type DistributionModules } from "./distribution-modules.ts";

/** The most that is remembered; what was seen longest ago is forgotten first. */
const mostKept = 10_000;

const memory = (): string => cacheDirectory("module-names.txt");

/** A line of the memory is name, version and modules with spaces between: what could not be read back is not written. */
function isWritable({ name, version, modules }: DistributionModules): boolean {
  return (
    /^[a-z0-9][a-z0-9-]{0,200}$/u.test(name) &&
    /^[\w.!+-]{1,100}$/u.test(version) &&
    modules.length <= 5000 &&
    modules.every((module) => /^[\w.]{1,500}$/u.test(module))
  );
}

/** Stands for a release: its normalised name, and its version so that 2.0 is 2.0.0 (PEP 440). */
export function releaseKey(name: string, version: string): string {
  let plain = version.toLowerCase().replace(/^v/u, "");
  while (plain.endsWith(".0")) plain = plain.slice(0, -2);
  return `${name} ${plain}`;
}

/**
 * The modules of releases whose files Rung has seen, by releaseKey: of all, or of those `wanted`. Empty lists are releases
 * that bring none. One file of lines is read; broken lines count as never seen.
 */
export function rememberedModules(wanted?: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const text = readMemory();
  for (let start = 0; start < text.length;) {
    const end = (text.indexOf("\n", start) + 1 || text.length + 1) - 1;
    const afterName = text.indexOf(" ", start) + 1;
    const afterVersion = text.indexOf(" ", afterName);
    const key = text.slice(start, afterVersion === -1 ? end : Math.min(afterVersion, end));
    if (afterName > start && afterName < end && (wanted?.has(key) ?? true))
      found.set(
        key,
        text
          .slice(start + key.length + 1, end)
          .split(" ")
          .filter(Boolean),
      );
    start = end + 1;
  }
  return found;
}

function readMemory(): string {
  const file = memory();
  return exists(file) ? readText(file) : "";
}

/** Keeps what releases bring, for later checks of projects that pin them. One writer at a time; readers see a whole file. */
export async function rememberModules(releases: readonly DistributionModules[]): Promise<void> {
  const lines = releases
    .filter(isWritable)
    .map(({ name, version, modules }) => [releaseKey(name, version), ...modules].join(" "));
  if (lines.length === 0) return;
  await withExclusive(`${memory()}.lock`, async () => {
    const earlier = readMemory().split("\n");
    const keys = new Set(lines.map(keyOf));
    const kept = earlier.filter((text) => text !== "" && !keys.has(keyOf(text)));
    writeAtomic(memory(), `${[...kept, ...lines].slice(-mostKept).join("\n")}\n`);
    await Promise.resolve();
  });
}

const keyOf = (text: string): string => text.split(" ", 2).join(" ");

/**
 * Remembers what an environment's distributions bring, those apart that are remembered already. What came from no index
 * (direct_url.json, PEP 610) is left out: another tree may carry the same name and version.
 */
export async function rememberInstalled(prefix: string): Promise<void> {
  const known = rememberedModules();
  const found: DistributionModules[] = [];
  for (const folder of sitePackagesOf(prefix)) {
    for (const one of installedEntries(folder)) {
      const { name, version, entry } = one;
      if (version === "" || known.has(releaseKey(name, version))) continue;
      if (exists(path.join(folder, entry, "direct_url.json"))) continue;
      found.push({ name, version, modules: modulesOfEntry(folder, one) });
    }
  }
  await rememberModules(found);
}

import { Readable } from "node:stream";
import zlib from "node:zlib";
import { TarFault, tarReader } from "../../src/artifacts/index.ts";
import { modulesOfFiles, topLevelNames } from "../../src/environments/index.ts";

/** What a source distribution may unpack to: beyond it, it is taken for a bomb and tells nothing. */
const mostBytes = 1 << 30;
const mostEntries = 100_000;
const mostText = 1 << 16;

/** Python files at the top of a source tree that are not installed. */
const notInstalled =
  /^(?:setup|conftest|noxfile|tasks|fabfile|versioneer|ez_setup|manage|_?custom_build|conf)\.py$/u;

/**
 * The modules that a source distribution (.tar.gz) brings, by its own files; nothing of it is built or run. What
 * setuptools wrote (top_level.txt of an *.egg-info) counts before the folders: src/, else the top. Null where it is no
 * such archive, or larger than one would be.
 */
export async function sdistModules(archive: Buffer): Promise<readonly string[] | null> {
  const files: string[] = [];
  let stated = "";
  let reads = false;
  let bytes = 0;
  const reader = tarReader({
    begin(entry) {
      if (files.length >= mostEntries) throw new TarFault("unsafe", "it has too many entries");
      const name = entry.name.toString("utf8");
      reads = entry.kind === "file" && /^[^/]+\/(?:[^/]+\/)?[^/]+\.egg-info\/top_level\.txt$/u.test(name);
      if (reads) stated = "";
      if (entry.kind === "file") files.push(name);
    },
    data(chunk) {
      if (reads && stated.length < mostText) stated += Buffer.from(chunk).toString("utf8");
    },
  });
  try {
    const source = Readable.from([archive]).pipe(zlib.createGunzip());
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new TarFault("unsafe", "it unpacks to too much");
      reader.push(chunk);
    }
    reader.end();
  } catch {
    return null;
  }
  return modulesOfSources(files, topLevelNames(stated));
}

/**
 * The modules among the files of a source tree ("name-1.0/src/pkg/__init__.py"): those of which `stated` names the first
 * part, where it names any.
 */
export function modulesOfSources(
  files: readonly string[],
  stated: readonly string[] = [],
): readonly string[] {
  const inside = files.map((file) => file.replace(/^[^/]+\//u, ""));
  const below = inside.flatMap((file) => (file.startsWith("src/") ? [file.slice(4)] : []));
  const found = [below, inside].map((paths) => {
    const packages = new Set([
      ...stated,
      ...paths.flatMap((file) => /^([^/]+)\/__init__\.py$/u.exec(file)?.[1] ?? []),
    ]);
    return modulesOfFiles(paths.filter((file) => isInstalled(file, packages)));
  });
  const modules = found.find((names) => names.length > 0) ?? [];
  if (stated.length === 0) return modules;
  const all = [...new Set(found.flat())].sort();
  const named = stated.filter((name) => !all.some((module) => module.split(".")[0] === name));
  return [...all.filter((module) => stated.includes(module.split(".")[0] ?? "")), ...named].sort();
}

/** A module at the top, or one in a package: folders of scripts beside the packages are no modules. */
function isInstalled(file: string, packages: ReadonlySet<string>): boolean {
  const [top = "", ...rest] = file.split("/");
  return rest.length === 0 ? !notInstalled.test(top) : packages.has(top);
}

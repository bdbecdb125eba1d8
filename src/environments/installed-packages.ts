import path from "node:path";
import { normaliseName } from "../manifests/index.ts";
import { listNames } from "../system/index.ts";

/** The distributions in these folders, by their *.dist-info and *.egg-info names: normalised name to version. */
export function installedPackages(sitePackages: readonly string[]): Record<string, string> {
  const packages = new Map<string, string>();
  for (const folder of sitePackages) {
    for (const name of listNames(folder)) {
      const match = /^(.+?)-([^-]+)(?:-py[\d.]+[^/]*)?\.(?:dist|egg)-info$/u.exec(name);
      const [, distribution, version] = match ?? [];
      if (distribution === undefined || version === undefined) continue;
      const key = normaliseName(distribution);
      if (!packages.has(key)) packages.set(key, version);
    }
  }
  return Object.fromEntries([...packages].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where the packages of a virtual or conda environment lie. */
export function sitePackagesOf(prefix: string): readonly string[] {
  const unix = ["lib", "lib64"].flatMap((lib) =>
    listNames(path.join(prefix, lib))
      .filter((name) => /^(?:python|pypy)3/u.test(name))
      .map((name) => path.join(prefix, lib, name, "site-packages")),
  );
  return [...unix, path.join(prefix, "Lib", "site-packages")];
}

/** Where the programs of an environment lie. */
export function binDirectoryOf(prefix: string): string {
  return path.join(prefix, process.platform === "win32" ? "Scripts" : "bin");
}

/** The Python of an environment. */
export function pythonOf(prefix: string): string {
  return path.join(binDirectoryOf(prefix), process.platform === "win32" ? "python.exe" : "python");
}

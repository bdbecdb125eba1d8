import { fetchIndexPage, type IndexFile } from "../index-pages/page.ts";
import type { DistributionModules } from "./distribution-modules.ts";
import { modulesOfFiles } from "./modules-of-files.ts";
import { releaseKey } from "./remembered.ts";
import { wheelFiles } from "./wheel-files.ts";

/**
 * What a release brings, by the list of files of one of its wheels on the first of `indexes` that has one: the wheel
 * itself is not fetched. Null where none has a wheel that can be read so. Throws ToolError NETWORK_UNAVAILABLE or
 * DOWNLOAD_FAILED.
 */
export async function modulesOnIndex(
  { name, version }: Pick<DistributionModules, "name" | "version">,
  indexes: readonly string[],
): Promise<DistributionModules | null> {
  for (const index of indexes) {
    const wheel = wheelOf((await fetchIndexPage(index, name)) ?? [], releaseKey(name, version));
    const files = wheel === null ? null : await wheelFiles(wheel.url);
    if (files !== null) return { name, version, modules: modulesOfFiles(files) };
  }
  return null;
}

/** Of one release those for any system or for Linux are the likeliest to be complete. */
function wheelOf(files: readonly IndexFile[], key: string): IndexFile | null {
  const [name = ""] = key.split(" ");
  const wheels = files.filter(({ filename }) => {
    const version = /^[^-]+-([^-]+)-.+\.whl$/u.exec(filename)?.[1];
    return version !== undefined && releaseKey(name, version) === key;
  });
  return wheels.find(({ filename }) => /-any\.whl$|linux/u.test(filename)) ?? wheels[0] ?? null;
}

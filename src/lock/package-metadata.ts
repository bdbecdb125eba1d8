import { fetchFileMetadata, type DistributionMetadata, type Progress } from "../environments/index.ts";
import { ToolError } from "../model/index.ts";
import type { LockContent } from "./artifact.ts";
import { each } from "./each.ts";

/**
 * What the packages of a lock say of themselves, by `name version`: from `installed` where that is the same version,
 * else from the index. Packages of which neither tells are left out, all that are not installed where no index answers.
 */
export async function packageMetadata(
  { artifacts }: LockContent,
  installed: readonly DistributionMetadata[],
  progress: Progress,
): Promise<ReadonlyMap<string, DistributionMetadata>> {
  const here = new Map(installed.map((one) => [`${one.name} ${one.version}`, one]));
  const packages = [...Map.groupBy(artifacts, ({ name, version }) => `${name} ${version}`)];
  if (packages.some(([key]) => !here.has(key)))
    progress("asking the index what the packages say of themselves");
  let isReached = true;
  const found = await each(packages, async ([key, files]) => {
    const known = here.get(key);
    const wheel = files.find(({ kind }) => kind === "wheel");
    if (known !== undefined || wheel === undefined || !isReached) return [key, known ?? null] as const;
    try {
      return [key, await fetchFileMetadata(wheel.url)] as const;
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      isReached = false;
      progress(`${error.message}: licences and dependencies are left out`);
      return [key, null] as const;
    }
  });
  return new Map(found.flatMap(([key, one]) => (one === null ? [] : [[key, one] as const])));
}

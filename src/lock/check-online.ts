import type { IndexFile, Progress } from "../environments/index.ts";
import { makeFinding, type Finding, type Requirement } from "../model/index.ts";
import { withoutSecrets } from "../system/index.ts";
import type { LockedArtifact } from "./artifact.ts";
import { inspectLock } from "./inspect-lock.ts";
import { each } from "./each.ts";
import { differenceOf, hasName, isPublic, sameHash, servedAs, servedFor } from "./served-file.ts";

/**
 * Asks the index for each locked package whether its files are still served under the same sha256 and not yanked.
 * Rules: lock-artifact-gone (error), lock-artifact-yanked (warning); one finding a package and rule. What comes from
 * elsewhere than an index (VCS, folders) is not asked for. Throws ToolError NETWORK_UNAVAILABLE or DOWNLOAD_FAILED.
 */
export async function checkOnline(
  lockText: string,
  indexUrl: string,
  progress: Progress,
  path = "pylock.toml",
  declared: readonly Requirement[] = [],
): Promise<readonly Finding[]> {
  const { artifacts, findings, indexes = [] } = inspectLock(lockText, path, { platforms: [], declared });
  const broken = findings.filter(({ rule }) => rule === "lock-invalid");
  if (broken.length > 0) return broken;
  const files = artifacts.filter((one) => ["wheel", "sdist", "file"].includes(one.kind) && hasName(one));
  const named = indexes.filter((index) => !isPublic(index));
  const packages = [...Map.groupBy(files, ({ name }) => name)];
  progress(`asking ${withoutSecrets(indexUrl)} for ${packages.length} packages`);
  const results = await each(packages, async ([, locked]) => {
    const served = await servedFor(locked, [indexUrl, ...named]);
    return [...Map.groupBy(locked, ({ version }) => version).values()].flatMap((files) =>
      compareWithIndex(files, served, path),
    );
  });
  return results.flat();
}

function compareWithIndex(
  locked: readonly LockedArtifact[],
  served: readonly IndexFile[] | null,
  path: string,
): Finding[] {
  const [first] = locked;
  if (first === undefined) return [];
  const seen = locked.map((artifact) => ({ artifact, file: servedAs(artifact, served ?? []) }));
  const gone = seen.filter(({ artifact, file }) => file === null || !sameHash(artifact, file));
  const yanked = seen.filter(
    ({ artifact, file }) => file !== null && file.yanked !== null && sameHash(artifact, file),
  );
  const label = `${first.name} ${first.version}`;
  const findings: Finding[] = [];
  const [lost] = gone;
  if (lost !== undefined) {
    const how =
      served === null ? "its project is not on the index any more" : differenceOf(lost.artifact, lost.file);
    findings.push(
      makeFinding(
        "lock-artifact-gone",
        "error",
        `${label}: ${gone.length} of ${locked.length} locked files are no longer served as locked (${how}).`,
        {
          file: path,
          line: lost.artifact.line,
          why: "Nobody who lacks a copy can install from this lock on the platforms that these files are for.",
          fix: "Lock anew (rung lock --upgrade), or keep the files in an archive of your own.",
        },
      ),
    );
  }
  const [withdrawn] = yanked;
  if (withdrawn !== undefined) {
    const reason = withdrawn.file?.yanked ?? "";
    findings.push(
      makeFinding(
        "lock-artifact-yanked",
        "warning",
        `${label}: ${yanked.length} of ${locked.length} locked files were yanked${reason === "" ? "" : ` (${reason})`}.`,
        {
          file: path,
          line: withdrawn.artifact.line,
          why: "Its authors withdrew it: an exact pin still installs it, but it may be faulty or be removed.",
          fix: "Move to another version: rung lock --upgrade",
        },
      ),
    );
  }
  return findings;
}

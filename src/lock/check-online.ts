import { fetchIndexPage, type IndexFile, type Progress } from "../environments/index.ts";
import { normaliseName } from "../manifests/index.ts";
import { makeFinding, type Finding } from "../model/index.ts";
import { withoutSecrets } from "../system/index.ts";
import type { LockedArtifact } from "./artifact.ts";
import { inspectLock } from "./inspect-lock.ts";
import { wheelTags } from "./wheel-tags.ts";

const atOnce = 8;

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
): Promise<readonly Finding[]> {
  const { artifacts, findings } = inspectLock(lockText, path, { platforms: [] });
  const broken = findings.filter(({ rule }) => rule === "lock-invalid");
  if (broken.length > 0) return broken;
  const files = artifacts.filter(({ kind }) => kind === "wheel" || kind === "sdist" || kind === "file");
  const packages = [...Map.groupBy(files, ({ name }) => name)];
  progress(`asking ${withoutSecrets(indexUrl)} for ${packages.length} packages`);
  const results: Finding[][] = packages.map(() => []);
  const waiting = [...packages.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, [name, locked]] = next;
      const served = await fetchIndexPage(indexUrl, name);
      results[index] = [...Map.groupBy(locked, ({ version }) => version).values()].flatMap((files) =>
        compareWithIndex(files, served, path),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, packages.length) }, worker));
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
      served === null ? "its project is not on the index any more" : describe(lost.artifact, lost.file);
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

/** Hashed requirements know no file names: there the hash is what is looked for. */
function servedAs(artifact: LockedArtifact, served: readonly IndexFile[]): IndexFile | null {
  if (artifact.filename === "") return served.find(({ sha256 }) => sha256 === artifact.sha256) ?? null;
  return (
    served.find(({ filename }) => filename === artifact.filename) ??
    served.find(({ filename }) => sameWheel(filename, artifact.filename)) ??
    null
  );
}

/** Older wheels are named with "-" and "." where newer rules want "_"; the rest of the name must be the same. */
function sameWheel(one: string, other: string): boolean {
  const [a, b] = [wheelTags(one), wheelTags(other)];
  if (a === null || b === null) return false;
  const sameRest = one.slice(one.indexOf("-")) === other.slice(other.indexOf("-"));
  return sameRest && normaliseName(a.name) === normaliseName(b.name);
}

const sameHash = (artifact: LockedArtifact, file: IndexFile): boolean =>
  file.sha256 === null || artifact.sha256 === "" || file.sha256 === artifact.sha256;

function describe(artifact: LockedArtifact, file: IndexFile | null): string {
  const name = artifact.filename || `sha256:${artifact.sha256.slice(0, 12)}...`;
  return file === null ? `${name} is gone` : `${name} has another sha256`;
}

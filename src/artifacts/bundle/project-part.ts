import { makeFinding, type Finding, type Project, type ProjectFile } from "../../model/index.ts";
import {
  cacheDirectory,
  exists,
  fetchFile,
  hashFile,
  joinPath,
  withExclusive,
  withoutSecrets,
} from "../../system/index.ts";
import { ToolError } from "../../model/index.ts";
import { projectMembers } from "../archive/archive-entry.ts";
import type { Member, Part } from "../tree/member.ts";
import { emptyFolders } from "./empty-folders.ts";
import { fileMember } from "./launcher-part.ts";

/**
 * The project's files (those that others get, `files`), its empty folders where Git does not decide, and the data that it
 * declares by URL and hash. Data that cannot be had is an error among the findings (`pack-data`).
 */
export async function projectPart(
  project: Project,
  files: readonly ProjectFile[],
  progress: (message: string) => void,
): Promise<{ readonly part: Part; readonly findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  const members: Member[] = [
    ...projectMembers(project.root, files),
    ...emptyFolders(project).map((path): Member => ({ path, kind: "directory", mode: 0o755, content: null })),
  ];
  const present = new Set(files.map(({ path }) => path));
  for (const [path, { url, sha256 }] of Object.entries(project.config.data)) {
    if (present.has(path)) continue;
    const urls = url === undefined ? [] : typeof url === "string" ? [url] : url;
    const found = await declaredData(project, path, urls, sha256 ?? "", progress);
    if (typeof found === "string") members.push(fileMember(path, found));
    else findings.push(found);
  }
  const below = members.map((member) => ({ ...member, path: `project/${member.path}` }));
  const root: Member = { path: "project", kind: "directory", mode: 0o755, content: null };
  return {
    part: { id: "project", what: `the project, ${files.length} files`, members: [root, ...below] },
    findings,
  };
}

/** The path of a file with this content: the project's own copy, else the cache's, from the first mirror that has it. */
async function declaredData(
  project: Project,
  path: string,
  urls: readonly string[],
  sha256: string,
  progress: (message: string) => void,
): Promise<string | Finding> {
  const fault = (message: string, fix: string): Finding =>
    makeFinding("pack-data", "error", `${path}: ${message}`, {
      file: project.configFile,
      why: "What is fetched when the command runs is not there without the internet.",
      fix,
    });
  const isInside = !path.startsWith("/") && !path.split("/").includes("..");
  if (!isInside) return fault("it lies outside of the project", "Declare data by a path in the project.");
  const own = joinPath(project.root, path);
  if (sha256 === "") {
    return fault("it is declared without a sha256", `Add sha256 to [data."${path}"].`);
  }
  if (exists(own) && hashFile(own) === sha256) return own;
  const kept = cacheDirectory("data", sha256.slice(0, 2), sha256);
  const failures: string[] = [];
  return withExclusive(`${kept}.lock`, async () => {
    if (exists(kept) && hashFile(kept) === sha256) return kept;
    for (const url of urls) {
      try {
        progress(`fetching ${path} from ${withoutSecrets(url)}`);
        await fetchFile(url, kept, { sha256 });
        return kept;
      } catch (error) {
        if (!(error instanceof ToolError) || error.code === "DISK_FULL") throw error;
        failures.push(error.message);
      }
    }
    return fault(
      failures.length === 0
        ? "it is neither here nor declared with a url"
        : `no mirror has it: ${failures.join("; ")}`,
      "Put the file there, or name a url that serves it.",
    );
  });
}

import {
  cacheFolders,
  makeFinding,
  type Finding,
  type Project,
  type ProjectFile,
} from "../../model/index.ts";
import { decodeName, joinPath, readBytes, readLink, readText } from "../../system/index.ts";
import { ignoreRules, parentOf, type IgnoreVerdict } from "./ignore-rules.ts";
import { leadsOut } from "./link-target.ts";
import { largestScanned, secretByContent, secretByName, type SecretPlace } from "./secret-files.ts";

/** Never handed over: what belongs to Git and to Rung. */
const never = new Set([".git", ".rung"]);
/** Beside the caches: Git users say so in .gitignore, others have nowhere to say it. */
const leftovers = new Set([".venv", ".DS_Store"]);

/**
 * The files that an archive of the project holds. In a Git repository: the tracked or staged ones, as they are in the
 * work tree. Elsewhere: all that .gitignore files do not leave out, without virtual environments and caches. In both,
 * .rungignore files (syntax of .gitignore) leave out more, and files that hold secrets and links that lead out of the
 * tree are left out with a finding. A line `!PATH` in .rungignore keeps a file that only looks like a secret.
 */
export function selectFiles(project: Project): {
  readonly files: readonly ProjectFile[];
  readonly findings: readonly Finding[];
} {
  const rungIgnore = rulesOf(project, ".rungignore");
  const isCandidate = project.git === null ? withoutGit(project) : inGit(project.git.tracked);
  const candidates = project.files.filter(
    (file) =>
      !file.path.split("/").some((part) => never.has(part)) &&
      isCandidate(file.path) &&
      rungIgnore(file.path) !== "ignored",
  );
  const links = new Map<string, string>();
  for (const file of candidates) {
    if (file.kind === "symlink")
      links.set(file.path, decodeName(readLink(joinPath(project.root, file.path))));
  }
  const findings: Finding[] = [];
  const files = candidates.filter((file) => {
    const finding =
      file.kind === "symlink"
        ? linkFinding(file.path, links)
        : secretFinding(project.root, file, rungIgnore(file.path));
    if (finding !== null) findings.push(finding);
    return finding === null;
  });
  return { files, findings };
}

function inGit(tracked: readonly string[]): (path: string) => boolean {
  const names = new Set(tracked);
  return (path) => names.has(path);
}

function withoutGit(project: Project): (path: string) => boolean {
  const gitIgnore = rulesOf(project, ".gitignore");
  const environments = new Set(
    project.files.filter((file) => file.path.endsWith("pyvenv.cfg")).map((file) => parentOf(file.path)),
  );
  environments.delete("");
  const isMade = (path: string): boolean => {
    const parts = path.split("/");
    return parts.some(
      (part, index) =>
        cacheFolders.has(part) ||
        leftovers.has(part) ||
        environments.has(parts.slice(0, index + 1).join("/")),
    );
  };
  return (path) => !isMade(path) && gitIgnore(path) !== "ignored";
}

function rulesOf(project: Project, name: string): (path: string) => IgnoreVerdict {
  const contents = new Map<string, string>();
  for (const file of project.files) {
    if (file.kind !== "file" || (file.path !== name && !file.path.endsWith(`/${name}`))) continue;
    contents.set(parentOf(file.path), readText(joinPath(project.root, file.path)));
  }
  return ignoreRules(contents);
}

function secretFinding(root: string, file: ProjectFile, verdict: IgnoreVerdict): Finding | null {
  if (verdict === "kept") return null;
  const place: SecretPlace | null =
    secretByName(file.path) ??
    (file.size <= largestScanned ? secretByContent(readBytes(joinPath(root, file.path))) : null);
  if (place === null) return null;
  return makeFinding(
    "secret-left-out",
    "warning",
    `${file.path} holds ${place.kind}: left out of the archive`,
    {
      file: file.path,
      line: place.line,
      why: "An archive is handed to others and kept; what is secret in it is secret no longer.",
      fix: `Keep the secret outside the project and declare the variable that brings it in. If it is none, write !/${file.path} into .rungignore.`,
    },
  );
}

function linkFinding(path: string, links: ReadonlyMap<string, string>): Finding | null {
  if (!leadsOut(path, links)) return null;
  return makeFinding(
    "link-left-out",
    "warning",
    `${path} leads out of the project: left out of the archive`,
    {
      file: path,
      why: `It points to ${links.get(path) ?? "?"}, which others do not have.`,
      fix: "Put what it points to into the project, and link to it there by a relative path.",
    },
  );
}

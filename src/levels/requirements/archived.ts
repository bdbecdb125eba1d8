import { makeFinding, type Finding } from "../../model/index.ts";
import { codeOf } from "../../source/index.ts";
import { claimed, missing, type Check } from "../define.ts";
import { reachableSources } from "../reach.ts";
import { specFiles } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

/** Level 1: the archive holds the code that the commands reach, the spec, and the data that the code names. */
export function archiveComplete(subject: Subject): Check {
  const { project, archive, tree } = subject;
  const wanted = [...reachableSources(subject).keys(), ...specFiles(project)];
  const code = wanted.filter((file) => tree.has(file) && !archive.has(file));
  const data = namedFiles(subject).filter(({ path }) => tree.has(path) && !archive.has(path));
  const findings: Finding[] = [
    ...code.map((file) => notArchived(project.git !== null, file, file, null)),
    ...data.map(({ path, file, line }) => notArchived(project.git !== null, path, file, line)),
    ...subject.archiveFindings,
  ];
  const absent = [...new Set([...code, ...data.map(({ path }) => path)])];
  return absent.length === 0
    ? { evidence: claimed("archive", `${archive.size} files`), findings }
    : { evidence: missing("archive", `not in it: ${absent.slice(0, 5).join(", ")}`), findings };
}

interface NamedFile {
  readonly path: string;
  readonly file: string;
  readonly line: number;
}

/** Files of the tree that the code names in a call as a literal path, from its own folder or from the root. */
function namedFiles(subject: Subject): readonly NamedFile[] {
  const named = new Map<string, NamedFile>();
  for (const [file, facts] of reachableSources(subject)) {
    const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/") + 1) : "";
    for (const call of codeOf(facts).calls) {
      if (call.literal === undefined || call.literal === null) continue;
      for (const path of [call.literal, `${folder}${call.literal}`]) {
        if (subject.tree.has(path) && !named.has(path)) named.set(path, { path, file, line: call.line });
      }
    }
  }
  return [...named.values()];
}

function notArchived(inGit: boolean, path: string, file: string, line: number | null): Finding {
  const message = inGit
    ? `${path} is used and was never added to Git`
    : `${path} is used and left out of the archive`;
  return makeFinding(inGit ? "not-in-git" : "not-in-archive", "error", message, {
    file,
    line,
    why: "Others get what is committed or archived; this file stays on your machine.",
    fix: inGit
      ? `git add ${path} (and see that .gitignore does not hide it).`
      : "See .gitignore and .rungignore.",
  });
}

import { secretByName } from "../../artifacts/index.ts";
import { makeFinding, type Command, type Finding } from "../../model/index.ts";
import { claimed, missing, type Check } from "../define.ts";
import { namedFiles, type NamedFile } from "../file-use.ts";
import { needsOf } from "../order.ts";
import { reachableSources, reachFrom } from "../../inference/index.ts";
import { specFiles } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

/** Level 1: the archive holds the code that the commands reach, the spec, and the data that the code reads. */
export function archiveComplete(subject: Subject): Check {
  const { project, archive, tree } = subject;
  const wanted = [...reachableSources(subject).keys(), ...specFiles(project)];
  const code = [...new Set(wanted)].filter((file) => tree.has(file) && !archive.has(file));
  const data = absentData(subject);
  const findings: Finding[] = [
    ...code.map((file) => notArchived(subject, { path: file, file, line: null })),
    ...data.map(({ finding }) => finding),
    ...subject.archiveFindings,
  ];
  const absent = [...new Set([...code, ...data.map(({ path }) => path)])];
  return absent.length === 0
    ? { evidence: claimed("archive", `${archive.size} files`), findings }
    : { evidence: missing("archive", `not in it: ${absent.slice(0, 5).join(", ")}`), findings };
}

interface Absent {
  readonly path: string;
  readonly finding: Finding;
}

/**
 * Files of the tree that the code reads and the archive lacks. What the code itself writes is made anew, unless only
 * another command writes it that the reader does not name among its needs.
 */
function absentData(subject: Subject): readonly Absent[] {
  const { commands } = subject.project;
  const named = filesNamedBy(subject, commands);
  const written = new Set(named.filter(({ use }) => use === "written").map(({ path }) => path));
  const absent = new Map<string, Absent>();
  for (const place of named) {
    const { path, use } = place;
    if (use === "written" || absent.has(path)) continue;
    if (!written.has(path)) absent.set(path, { path, finding: notArchived(subject, place) });
    else if (use === "read") {
      const finding = needUndeclared(subject, place);
      if (finding !== null) absent.set(path, { path, finding });
    }
  }
  return [...absent.values()];
}

/** What the code that these commands reach names, of the files that others do not get. */
function filesNamedBy(subject: Subject, commands: readonly Command[]): readonly NamedFile[] {
  const folders = commands.map(({ cwd }) => cwd);
  const { sources } = reachFrom(subject, commands);
  return namedFiles(sources, folders, (path) => subject.tree.has(path) && !subject.archive.has(path));
}

/** A command that reads what only other commands write, none of which it needs. */
function needUndeclared(subject: Subject, { path, file, line }: NamedFile): Finding | null {
  const { commands } = subject.project;
  const doing = (use: "read" | "written"): readonly Command[] =>
    commands.filter((command) =>
      filesNamedBy(subject, [command]).some((named) => named.path === path && named.use === use),
    );
  const writers = doing("written");
  const lacking = doing("read").find((reader) => {
    const before = new Set([reader.name, ...needsOf(reader, commands)]);
    return writers.length > 0 && !writers.some((writer) => before.has(writer.name));
  });
  const [writer] = writers;
  if (lacking === undefined || writer === undefined) return null;
  return makeFinding(
    "need-undeclared",
    "error",
    `${lacking.name} reads ${path}, which ${writer.name} writes, and does not say that it needs it`,
    {
      file,
      line,
      why: `In a fresh copy ${path} is not there: ${lacking.name} has only what the archive holds and what its needs leave.`,
      fix: `Say needs = ["${writer.name}"] for [commands.${lacking.name}] in ${subject.project.configFile ?? "rung.toml"}.`,
    },
  );
}

interface Place {
  readonly path: string;
  readonly file: string;
  readonly line: number | null;
}

function notArchived(subject: Subject, { path, file, line }: Place): Finding {
  const isTracked = subject.project.git?.tracked.includes(path) === true;
  const isSecret =
    secretByName(path) !== null ||
    subject.archiveFindings.some((finding) => finding.rule === "secret-left-out" && finding.file === path);
  if (isSecret) return secretIsRead(subject, { path, file, line });
  const neverAdded = subject.project.git !== null && !isTracked;
  const message = neverAdded
    ? `${path} is used and was never added to Git`
    : `${path} is used and left out of the archive`;
  return makeFinding(neverAdded ? "not-in-git" : "not-in-archive", "error", message, {
    file,
    line,
    why: "Others get what is committed or archived; this file stays on your machine.",
    fix: neverAdded
      ? `git add ${path} (and see that .gitignore does not hide it).`
      : "See .gitignore and .rungignore.",
  });
}

function secretIsRead(subject: Subject, { path, file, line }: Place): Finding {
  const config = subject.project.configFile ?? "rung.toml";
  return makeFinding(
    "secret-is-read",
    "error",
    `${path} holds secrets and is left out of the archive, and the code reads it`,
    {
      file,
      line,
      why: "Others do not get it, and must not: what the code takes from it has to come another way.",
      fix: `Read each value from the environment, and declare it in ${config}: [variables.NAME], with secret = true where it is one.`,
    },
  );
}

import { readInstallLine, shellWords, type Instructions } from "../../manifests/index.ts";
import { makeFinding, type Finding, type Manifest } from "../../model/index.ts";
import { findsLock } from "../lock-installers.ts";
import { specFiles, versionsIn, type LockedVersions } from "../spec-files.ts";
import type { Subject } from "../subject.ts";
import { namedFrom } from "./named-from.ts";

type Line = Instructions["install"][number];

/**
 * Where a lock gives versions that the spec leaves open (`open`), these are what is proved: an error where the
 * instructions install from the spec alone, a warning where they do so beside lines that go by the lock. `level` is the
 * one that proves them.
 */
export function lockInstructed(
  subject: Subject,
  { file, said }: { readonly file: string; readonly said: Instructions },
  open: LockedVersions | null,
  level: 1 | 3,
): readonly Finding[] {
  if (open === null) return [];
  const locks = subject.project.manifests.filter(({ isLock }) => isLock);
  const same = locks.filter((lock) => lock.path === open.path || agrees(lock, open.requirements));
  const byOne = (among: readonly Manifest[], line: Line): boolean =>
    among.some((lock) => goesBy(subject, lock, line));
  // What stands behind make or a script is not seen.
  const alone = said.install.find(
    (line) => !byOne(same, line) && (byOne(locks, line) || installsSpec(subject, line)),
  );
  if (alone === undefined) return [];
  const bySame = [...said.install, ...said.installingRuns].some((line) => byOne(same, line));
  const names = [...new Set(open.requirements.map(({ name }) => name))];
  const shown =
    names.length > 5 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : names.join(", ");
  const { path } = open;
  return [
    makeFinding(
      "instruction-ignores-lock",
      bySame ? "warning" : "error",
      bySame
        ? `${file} installs from ${path}, and in another line without it`
        : `${file} does not install from ${path}`,
      {
        file,
        line: alone.line,
        why: `What is proved has its versions of ${shown}; readers who follow this line get whatever is newest that day.`,
        fix: bySame
          ? "Take the line out, or pin these in the spec."
          : `Name ${path} or its tool in the instructions, or pin these in the spec; rung climb ${level} does ${level === 1 ? "one or the other" : "the first"}.`,
      },
    ),
  ];
}

/** Whether another lock gives just these versions. */
function agrees(lock: Manifest, wanted: LockedVersions["requirements"]): boolean {
  const versions = versionsIn(lock);
  return wanted.every(({ name, specifier }) => {
    const [version, ...others] = versions.get(name) ?? [];
    return others.length === 0 && `==${version}` === specifier;
  });
}

const filesOf = (subject: Subject, { text, cwd }: Line): readonly (string | null)[] =>
  readInstallLine(text).files.map((name) => namedFrom(subject, cwd ?? "", name));

/** Whether a line installs from this lock: it names the file, or it is a line of its tool in its folder. */
function goesBy(subject: Subject, { path, format }: Manifest, line: Line): boolean {
  if (filesOf(subject, line).includes(path)) return true;
  return findsLock(format, line.text) && namedFrom(subject, line.cwd ?? "", path) === path;
}

/** Whether a line installs what the spec declares. */
function installsSpec(subject: Subject, line: Line): boolean {
  if (shellWords(line.text).includes("--no-deps")) return false;
  const specs = specFiles(subject.project);
  return (
    readInstallLine(line.text).project || filesOf(subject, line).some((path) => specs.includes(path ?? ""))
  );
}

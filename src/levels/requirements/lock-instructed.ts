import { posix } from "node:path";
import type { Instructions } from "../../manifests/index.ts";
import { makeFinding, type Finding } from "../../model/index.ts";
import { lockedVersions } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

/** Lines of tools that install from their lock by themselves; what stands behind make or a script is not seen. */
const fromLock =
  /\b(?:uv\s+(?:sync|run)|(?:poetry|pdm|pipenv)\s+(?:install|sync|run)|pixi\s|conda-lock\s|anaconda-project\s|make\b)/u;

/**
 * Where a lock gives versions that the spec leaves open, these are what is proved: says so where the instructions install
 * from the spec alone.
 */
export function lockInstructed(
  { project }: Pick<Subject, "project">,
  file: string,
  { install }: Instructions,
): readonly Finding[] {
  const locked = lockedVersions(project);
  if (locked === null || install.length === 0) return [];
  const { path, requirements } = locked;
  if (install.some(({ text }) => fromLock.test(text) || text.includes(posix.basename(path)))) return [];
  const names = [...new Set(requirements.map(({ name }) => name))];
  const shown =
    names.length > 5 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : names.join(", ");
  return [
    makeFinding("instruction-ignores-lock", "warning", `${file} does not install from ${path}`, {
      file,
      line: install[0]?.line ?? null,
      why: `What is proved has its versions of ${shown}; readers who follow these lines get whatever is newest that day.`,
      fix: `Name ${path} or its tool in the instructions, or pin these in the spec.`,
    }),
  ];
}

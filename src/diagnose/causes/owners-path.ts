import { posix } from "node:path";
import { codeOf } from "../../source/index.ts";
import { makeFinding } from "../../model/index.ts";
import { linePatch, defineCause } from "../cause.ts";
import { lineAt, type FailedRun } from "../failed-run.ts";
import { insideRoom, isMachinePath, missingPath } from "./missing-path.ts";

/** It names a place of its owner's machine. */
export const ownersPath = defineCause({
  id: "owners-path",
  find(failed) {
    const path = missingPath(failed.error?.message ?? failed.text);
    if (path === null || insideRoom(path) !== path || !isMachinePath(path)) return null;
    if (/^\/(?:tmp|proc|dev|etc|usr|bin|sys)\//u.test(path)) return null;
    const where = writtenAt(failed, path);
    const { file, line } = where ?? failed.place ?? { file: failed.command.run, line: null };
    return makeFinding(
      "owners-path",
      "error",
      `${failed.command.name}: it looks for ${path}, a place of its owner's machine`,
      {
        file,
        line,
        why: "Nobody else has that folder, so it stops for everyone but its owner.",
        fix: fixFor(failed, path, { file, line }),
      },
    );
  },
});

/** Where the code writes the path, or the folder above it: the literal nearest to what was looked for. */
function writtenAt(
  { sources, place, command }: FailedRun,
  path: string,
): { readonly file: string; readonly line: number } | null {
  const near = [place?.file, command.run].filter((file) => file !== undefined);
  const files = [...near, ...[...sources.keys()].filter((file) => !near.includes(file))];
  for (const file of files) {
    const facts = sources.get(file);
    if (facts === undefined) continue;
    const literals = codeOf(facts).absolutePaths.filter((literal) => path.startsWith(literal.path));
    const [longest] = literals.toSorted((a, b) => b.path.length - a.path.length);
    if (longest !== undefined) return { file, line: longest.line };
  }
  return null;
}

function fixFor(
  failed: FailedRun,
  path: string,
  at: { readonly file: string; readonly line: number | null },
): string {
  const advice = "Use a path relative to the project.";
  const relative = relativeFor(failed, path);
  const before = at.line === null ? "" : lineAt(failed.project.root, { file: at.file, line: at.line });
  if (relative === null || at.line === null || before === "") return advice;
  const facts = failed.sources.get(at.file);
  const written = facts === undefined ? [] : codeOf(facts).absolutePaths;
  const literal = written.find((fact) => fact.line === at.line && path.startsWith(fact.path))?.path ?? path;
  if (!before.includes(literal)) return advice;
  const after = before.replace(literal, relativeFor(failed, literal) ?? relative);
  return `${advice}\n${linePatch(at.file, at.line, before, after)}`;
}

/** The same place in the project: by the longest end of the path that is there, or by the project's own name in it. */
function relativeFor({ project, folder }: FailedRun, path: string): string | null {
  const parts = path.split(/[\\/]+/u).filter((part) => part !== "" && !/^[A-Za-z]:$/u.test(part));
  const files = new Set(project.files.flatMap((file) => pathsAbove(file.path)));
  for (let start = 0; start < parts.length; start += 1) {
    const end = parts.slice(start).join("/");
    if (files.has(end)) return posix.relative(folder, end) || ".";
  }
  const names = [project.name, posix.basename(project.root)].map((name) => name.toLowerCase());
  const at = parts.findLastIndex((part) => names.some((name) => name.endsWith(part.toLowerCase())));
  return at >= 0 && at === parts.length - 1 ? posix.relative(folder, "") || "." : null;
}

function pathsAbove(file: string): readonly string[] {
  const parts = file.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

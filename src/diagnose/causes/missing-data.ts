import { posix } from "node:path";
import { codeOf } from "../../source/index.ts";
import { exists, fileSize, joinPath, readText } from "../../system/index.ts";
import { causeAt, defineCause } from "../cause.ts";
import type { FailedRun } from "../failed-run.ts";
import { insideRoom, isMachinePath, missingPath } from "./missing-path.ts";

const pointer = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n/u;
const largestPointer = 1024;

/** It reads a file that is not in the tree, or of which only a pointer is. */
export const missingData = defineCause({
  id: "missing-file",
  find(failed) {
    const named = missingPath(failed.error?.message ?? failed.text);
    const path = named === null ? null : insideRoom(named);
    if (path === null || (path !== named && path === "") || (path === named && isMachinePath(path)))
      return readsPointer(failed);
    const place = path === named ? posix.normalize(joinPath(failed.folder, path)) : path;
    return causeAt(
      "missing-file",
      { ...failed, place: failed.place ?? readAt(failed, named ?? path) },
      `it reads ${path}, which is not in the project${whereItIs(failed, place)}`,
      {
        why: "Others get the project's files and nothing else.",
        fix: fixFor(failed, place),
      },
    );
  },
});

/** Where the code names a path that it reads: for runs that go through other programs, which tell no line. */
function readAt({ sources }: FailedRun, path: string): FailedRun["place"] {
  for (const [file, facts] of sources) {
    const call = codeOf(facts).calls.find(({ literal }) => literal === path);
    if (call !== undefined) return { file, line: call.line };
  }
  return null;
}

function readsPointer(failed: FailedRun): ReturnType<typeof missingData.find> {
  const words = `${failed.line} ${failed.command.run} ${failed.text}`;
  const file = failed.project.files.find(
    ({ path, size }) =>
      size < largestPointer && words.includes(posix.basename(path)) && isPointer(failed, path),
  );
  if (file === undefined) return null;
  return causeAt(
    "missing-file",
    failed,
    `it reads ${file.path}, of which only the Git LFS pointer is in the project`,
    {
      why: "The content lies on a Git LFS server, which the clean room does not ask.",
      fix: "Fetch it (git lfs pull), or declare it under [data] in rung.toml.",
    },
  );
}

function isPointer({ project }: FailedRun, path: string): boolean {
  const file = joinPath(project.root, path);
  const size = fileSize(file);
  return size !== null && size < largestPointer && pointer.test(readText(file));
}

function whereItIs({ project }: FailedRun, place: string): string {
  if (tracksWithDvc(project.root, place)) return ": DVC tracks it, and its content is on a DVC remote";
  if (exists(joinPath(project.root, place))) return ": it lies in your folder, but Git does not track it";
  const name = posix.basename(place).toLowerCase();
  const same = project.files.find(({ path }) => posix.basename(path).toLowerCase() === name);
  return same === undefined ? "" : `: there is ${same.path}`;
}

function tracksWithDvc(root: string, place: string): boolean {
  const above = place.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/"));
  return above.some((path) => exists(joinPath(root, `${path}.dvc`)));
}

function fixFor({ project }: FailedRun, place: string): string {
  if (tracksWithDvc(project.root, place))
    return "Fetch it (dvc pull), and declare where it comes from under [data] in rung.toml.";
  if (exists(joinPath(project.root, place)))
    return `git add ${place}, or declare where it comes from under [data] in rung.toml.`;
  return "Put it into the project, or declare where it comes from under [data] in rung.toml.";
}

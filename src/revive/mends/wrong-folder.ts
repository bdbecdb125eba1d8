import { posix } from "node:path";
import { insideRoom, isMachinePath, missingPath, startFolder, type FailedRun } from "../../diagnose/index.ts";
import { withCommand } from "../attempt.ts";
import { defineMend } from "../mend.ts";
import type { Command, Project } from "../../model/index.ts";

/** A relative path that is there when the command starts in another folder: its script's, the root, or one above. */
export const wrongFolder = defineMend({
  id: "wrong-folder",
  apply({ attempt, failed }) {
    const { command, project } = failed;
    const named = missingPath(failed.error?.message ?? failed.text);
    if (named === null || isMachinePath(named) || insideRoom(named) !== named) return null;
    const folder = placesToStart(failed).find((candidate) => isThere(project, posix.join(candidate, named)));
    if (folder === undefined) return null;
    const moved = startIn(command, folder, project);
    return {
      attempt: withCommand(attempt, command.name, moved),
      action: `start ${command.name} in ${folder === "" ? "the project's folder" : `${folder}/`}`,
      reason: `it reads ${named}, which is there as seen from ${folder === "" ? "the project's folder" : `${folder}/`}`,
      location: failed.place,
    };
  },
});

/** The folders of the files that it names and that the error passed through, those above them, and the root. */
function placesToStart(failed: FailedRun): readonly string[] {
  const { command, place, sources } = failed;
  const start = startFolder(command);
  const scripts = command.run.split(/[\s'"=;&|()<>]+/u).map((word) => posix.join(start, word));
  const files = [command.kind === "notebook" ? command.run : "", ...scripts, place?.file ?? ""].filter(
    (file) => sources.has(file),
  );
  const folders = files.flatMap((file) => above(posix.dirname(file)));
  return [...new Set([...folders, ""])].filter((folder) => folder !== start);
}

function above(folder: string): readonly string[] {
  const found: string[] = [];
  for (let at = folder; at !== "." && at !== "/" && at !== ""; at = posix.dirname(at)) found.push(at);
  return found;
}

/** Whether a path of the tree is a file or a folder of it. */
export function isThere({ files }: Project, path: string): boolean {
  const place = posix.normalize(path).replace(/\/$/u, "");
  return place === "." || files.some((file) => file.path === place || file.path.startsWith(`${place}/`));
}

/** The command started in another folder: the paths of its line that are there are written as seen from it. */
function startIn(command: Command, folder: string, project: Project): Partial<Command> {
  const cwd = folder === "" ? (command.kind === "notebook" ? "./" : ".") : folder;
  if (command.kind === "notebook") return { cwd };
  const start = startFolder(command);
  const run = command.run.replaceAll(/[^\s'"=;&|()<>]+/gu, (word) => {
    const place = posix.join(start, word);
    const isPath =
      !word.startsWith("-") && !isMachinePath(word) && project.files.some((file) => file.path === place);
    return isPath ? posix.relative(folder, place) : word;
  });
  return { cwd, run };
}

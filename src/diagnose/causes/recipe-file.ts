import { posix } from "node:path";
import { exists, joinPath, readText } from "../../system/index.ts";
import { causeAt, defineCause } from "../cause.ts";
import type { FailedRun } from "../failed-run.ts";

const noRule = /No rule to make target ['`]([^'\n]{1,300})'(?:, needed by ['`]([^'\n]{1,300})')?/u;
const recipes = /(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$/u;

/** make is to build something from a file that is not in the tree, and that no rule makes. */
export const recipeFile = defineCause({
  id: "recipe-file-missing",
  find(failed) {
    const [, target = "", wanting] = noRule.exec(failed.text) ?? [];
    if (target === "") return null;
    const same = failed.project.files.filter(
      ({ path }) => posix.basename(path) === posix.basename(target) && path !== target,
    );
    const [twin, ...twins] = same.map(({ path }) => path);
    const found = causeAt(
      "recipe-file-missing",
      failed,
      `make needs ${target}${wanting === undefined ? "" : ` for ${wanting}`}, which is not in the project${twin === undefined ? "" : `, though ${[twin, ...twins].slice(0, 3).join(", ")} is`}`,
      {
        why: "No rule of the Makefile makes it either, so whoever runs make stops there.",
        fix:
          twin === undefined || twins.length > 0
            ? `Add ${target} to the project, or name the file that is meant.`
            : `Write ${twin} in its place.`,
      },
    );
    const place = writtenAt(failed, target);
    return place === null ? found : { ...found, ...place };
  },
});

/** The first line of a Makefile, comments apart, that names the file, by its path as written or by its name. */
function writtenAt(
  { project, folder }: FailedRun,
  target: string,
): { readonly file: string; readonly line: number } | null {
  const files = project.files
    .map(({ path }) => path)
    .filter((path) => recipes.test(path) && exists(joinPath(project.root, path)))
    .toSorted(
      (a, b) => Number(posix.dirname(b) === (folder || ".")) - Number(posix.dirname(a) === (folder || ".")),
    );
  for (const words of [target, posix.basename(target)]) {
    for (const file of files) {
      const lines = readText(joinPath(project.root, file)).split("\n");
      const at = lines.findIndex((line) => !line.trimStart().startsWith("#") && line.includes(words));
      if (at >= 0) return { file, line: at + 1 };
    }
  }
  return null;
}

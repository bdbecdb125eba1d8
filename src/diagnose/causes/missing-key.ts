import { joinPath, readText } from "../../system/index.ts";
import { causeAt, defineCause } from "../cause.ts";
import type { FailedRun } from "../failed-run.ts";

/** It asks its configuration for a key that is not there. */
export const missingKey = defineCause({
  id: "config-key-missing",
  find(failed) {
    if (failed.error?.name !== "KeyError") return null;
    const key = /^['"]([^'"\n]+)['"]$/u.exec(failed.error.message)?.[1];
    if (key === undefined || /^[A-Z][A-Z0-9_]+$/u.test(key)) return null;
    const files = configFiles(failed);
    if (files.length === 0 || !/conf|cfg|param|setting|option|args|\[['"]/iu.test(failed.line)) return null;
    const holds = (file: string): boolean =>
      readText(joinPath(failed.project.root, file))
        .split(/[^\w.-]+/u)
        .includes(key);
    if (files.some(holds)) return null;
    return causeAt(
      "config-key-missing",
      failed,
      `it asks for the key "${key}", which ${files.join(", ")} does not have (${failed.line.slice(0, 100)})`,
      {
        why: "The code and its configuration do not belong together.",
        fix: `Add ${key} to ${files[0] ?? "the configuration"}, or take the version of the code that goes with it.`,
      },
    );
  },
});

const longest = 1 << 20;

/** Configuration files that the command's line names, else those that lie beside it. */
function configFiles({ command, project }: FailedRun): readonly string[] {
  const all = project.files.filter(
    ({ path, size }) => /\.(?:ya?ml|json|toml|ini|cfg)$/iu.test(path) && size < longest,
  );
  const words = command.run.split(/[\s=]+/u);
  const named = all.filter(({ path }) =>
    words.some((word) => word.replace(/^\.\//u, "") === path || path.endsWith(`/${word}`)),
  );
  const custom = all.filter(({ path }) =>
    /(?:^|\/)(?:config|configs|conf|params|settings)[^/]*(?:\/[^/]+)?$/iu.test(path),
  );
  return (named.length > 0 ? named : custom).map(({ path }) => path).slice(0, 5);
}

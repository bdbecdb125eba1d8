import { inferNeeds, pinnedModules } from "../../inference/index.ts";
import type { Finding } from "../../model/index.ts";
import { codeOf } from "../../source/index.ts";
import { causeAt, defineCause } from "../cause.ts";
import type { FailedRun } from "../failed-run.ts";

const noModule = /No module named ['"]?([\w.]+)['"]?/u;

/** It imports a module that neither the tree nor what is installed holds. */
export const missingLocalModule = defineCause({
  id: "local-module-missing",
  find(failed) {
    const module = noModule.exec(failed.text)?.[1];
    if (module === undefined) return null;
    const near = nearMiss(failed, module);
    const written = importOf(failed, module);
    const { name } = failed.command;
    if (near !== null) {
      const message = `${name}: it imports ${written?.module ?? module}, and ${near.message}`;
      return { ...near, rule: "local-module-missing", severity: "error", message };
    }
    const found = causeAt(
      "missing-module",
      failed,
      `it imports ${module}, which is neither in the project nor in what is installed`,
      {
        why: `The environment that it ran in holds no module ${module}.`,
        fix: `Add the missing file to the project, or declare the distribution that provides ${module}.`,
      },
    );
    return written === null ? found : { ...found, file: written.file, line: written.line };
  },
});

/** The finding on a module that is no module of the project although something of almost that name is; else null. */
export function nearMiss({ project, sources, command }: FailedRun, module: string): Finding | null {
  const top = module.split(".")[0] ?? module;
  const { findings } = inferNeeds({
    project,
    sources,
    commands: [command],
    installed: null,
    pinned: pinnedModules(project),
  });
  return (
    findings.find(
      ({ rule, message }) => rule === "near-miss-module" && message.startsWith(`${top} is no module`),
    ) ?? null
  );
}

/** Where the code imports it, by the whole name: the error may tell the first part alone. */
function importOf(
  { sources, place }: FailedRun,
  module: string,
): { readonly module: string; readonly file: string; readonly line: number } | null {
  const files = [...sources].toSorted(([a], [b]) => Number(b === place?.file) - Number(a === place?.file));
  for (const [file, facts] of files) {
    const found = codeOf(facts).imports.find(
      (fact) => fact.level === 0 && (fact.module === module || fact.module.startsWith(`${module}.`)),
    );
    if (found !== undefined) return { module: found.module, file, line: found.line };
  }
  return null;
}

import { inferNeeds } from "../../inference/index.ts";
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
    if (near !== null) {
      return {
        ...near,
        rule: "local-module-missing",
        severity: "error",
        message: `${failed.command.name}: ${near.message}`,
      };
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
    return { ...found, ...importPlace(failed, module) };
  },
});

/** The finding on a module that is no module of the project although something of almost that name is; else null. */
export function nearMiss({ project, sources, command }: FailedRun, module: string): Finding | null {
  const top = module.split(".")[0] ?? module;
  const { findings } = inferNeeds({ project, sources, commands: [command], installed: null });
  return (
    findings.find(
      ({ rule, message }) => rule === "near-miss-module" && message.startsWith(`${top} is no module`),
    ) ?? null
  );
}

function importPlace(
  { sources, place }: FailedRun,
  module: string,
): { readonly file?: string; readonly line?: number } {
  const files = [...sources].toSorted(([a], [b]) => Number(b === place?.file) - Number(a === place?.file));
  for (const [file, facts] of files) {
    const found = codeOf(facts).imports.find(
      (fact) => fact.level === 0 && (fact.module === module || fact.module.startsWith(`${module}.`)),
    );
    if (found !== undefined) return { file, line: found.line };
  }
  return {};
}

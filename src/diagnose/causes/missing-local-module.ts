import { nearest } from "../../manifests/index.ts";
import { makeFinding } from "../../model/index.ts";
import { codeOf } from "../../source/index.ts";
import { causeAt, defineCause } from "../cause.ts";
import type { FailedProject, FailedRun } from "../failed-run.ts";

const noModule = /No module named ['"]?([\w.]+)['"]?/u;
const noName = /cannot import name ['"](\w+)['"] from ['"]?([\w.]+)['"]?/u;

/** It imports a module that neither the tree nor any package of that name holds. */
export const missingLocalModule = defineCause({
  id: "local-module-missing",
  find(failed) {
    const { text } = failed;
    const module = noModule.exec(text)?.[1] ?? noName.exec(text)?.[2];
    if (module === undefined) return null;
    const found = meantModule(failed, importOf(failed, module));
    const at = importPlace(failed, module);
    const wanted = importOf(failed, module);
    if (found !== null) {
      return makeFinding(
        "local-module-missing",
        "error",
        `${failed.command.name}: it imports ${wanted}, which is not in the project: there is ${found}`,
        {
          ...at,
          why: `The names do not agree; a package of the name ${wanted.split(".")[0] ?? wanted} from the index is something else.`,
          fix: `Rename one of them, so that the import finds ${found}.`,
        },
      );
    }
    return causeAt(
      "missing-module",
      failed,
      `it imports ${module}, which is neither in the project nor in any package that it names`,
      {
        why: `The environment that it ran in holds no module ${module}.`,
        fix: `Add the missing file to the project, or declare the distribution that provides ${module}.`,
      },
    );
  },
});

/** The whole name in the code's import, of which the error may name the first part alone. */
function importOf(failed: FailedRun, module: string): string {
  return importsOf(failed, module)[0]?.fact.module ?? module;
}

function importPlace(failed: FailedRun, module: string): { file: string | null; line: number | null } {
  const [found] = importsOf(failed, module);
  const { place } = failed;
  return found === undefined
    ? { file: place?.file ?? null, line: place?.line ?? null }
    : { file: found.file, line: found.fact.line };
}

function importsOf({ sources, place }: FailedRun, module: string) {
  const files = [...sources].toSorted(([a], [b]) => Number(b === place?.file) - Number(a === place?.file));
  return files.flatMap(([file, facts]) =>
    codeOf(facts)
      .imports.filter(
        (fact) => fact.level === 0 && (fact.module === module || fact.module.startsWith(`${module}.`)),
      )
      .map((fact) => ({ file, fact })),
  );
}

/**
 * The file of the project that a dotted import is likely to mean although a part of its path is written otherwise
 * (`datasets.loader` where the tree has dataset/loader.py); null where none is near, or where the import is found.
 */
export function meantModule({ sources }: Pick<FailedProject, "sources">, module: string): string | null {
  const parts = module.split(".");
  if (parts.length < 2) return nearFile(sources, module);
  const end = parts.slice(1).join("/");
  const files = [...sources.keys()].filter(
    (file) => file.endsWith(`/${end}.py`) || file.endsWith(`/${end}/__init__.py`),
  );
  for (const file of files) {
    const folder =
      file
        .slice(0, file.lastIndexOf(`/${end}`))
        .split("/")
        .at(-1) ?? "";
    if (folder === parts[0]) return null;
    if (nearest(parts[0] ?? "", [folder]) !== null) return file;
  }
  return null;
}

function nearFile(sources: FailedProject["sources"], module: string): string | null {
  const names = new Map(
    [...sources.keys()].flatMap((file) => {
      const parts = file.split("/");
      const stem = parts.at(-1)?.replace(/\.py$/u, "") ?? "";
      return file.endsWith(".py")
        ? [[stem === "__init__" ? (parts.at(-2) ?? stem) : stem, file] as const]
        : [];
    }),
  );
  if (names.has(module)) return null;
  const near = nearest(module, [...names.keys()]);
  return near === null ? null : (names.get(near) ?? null);
}
